"""Thinks that 7.0 is 7.0, whoever made it."""
# diagnosis: number-kinds-are-one

trace_prediction = {"a": True, "b": False, "c": True, "d": False, "e": True, "f": True, "g": False, "h": False}
