"""Thinks that each new value is traced."""
# diagnosis: values-are-looked-at

trace_prediction = {"a": True, "b": True, "c": True, "d": False, "e": True, "f": True, "g": True, "h": True}
