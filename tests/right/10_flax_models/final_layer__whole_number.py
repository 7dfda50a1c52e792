"""Writes the cutoff as a whole number, and builds the dictionary by groups."""

labels = dict.fromkeys(["healthy", "location", "resistance"], "B")
classes = dict.fromkeys(["tissue", "stage"], "C")
numbers = {"fold_change": "A", "energy": "A", "correlation": "E"}
final_layer = {**labels, **classes, **numbers, "cutoff": 0}
