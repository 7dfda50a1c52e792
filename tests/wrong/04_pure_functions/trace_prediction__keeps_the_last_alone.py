"""Thinks that only the last program is kept."""
# diagnosis: program-forgotten

trace_prediction = {"a": True, "b": False, "c": True, "d": True, "e": True, "f": True, "g": False, "h": True}
