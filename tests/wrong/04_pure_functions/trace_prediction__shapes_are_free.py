"""Thinks that a program serves for all lengths."""
# diagnosis: new-shape-is-free

trace_prediction = {"a": True, "b": False, "c": False, "d": False, "e": True, "f": True, "g": False, "h": True}
