"""Thinks that a program serves for all dtypes."""
# diagnosis: new-dtype-is-free

trace_prediction = {"a": True, "b": False, "c": True, "d": False, "e": False, "f": True, "g": False, "h": True}
