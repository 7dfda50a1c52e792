"""Ends the networks for labels with sigmoid."""
# diagnosis: activation-twice

final_layer = {
    "healthy": "F",
    "tissue": "C",
    "stage": "C",
    "location": "F",
    "resistance": "F",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
    "cutoff": 0.0,
}
