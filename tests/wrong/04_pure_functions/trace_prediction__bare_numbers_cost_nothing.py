"""Thinks that a number that is no array needs no program."""
# diagnosis: number-kinds-are-one

trace_prediction = {"a": True, "b": False, "c": True, "d": False, "e": True, "f": False, "g": False, "h": False}
