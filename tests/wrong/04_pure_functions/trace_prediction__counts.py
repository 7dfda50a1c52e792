"""Writes how many traces there were so far."""
# diagnosis: wrong-form

trace_prediction = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3, "f": 4, "g": 4, "h": 5}
