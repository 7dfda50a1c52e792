"""Ends the networks for classes with softmax."""
# diagnosis: activation-twice

final_layer = {
    "healthy": "B",
    "tissue": "G",
    "stage": "G",
    "location": "B",
    "resistance": "B",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
    "cutoff": 0.0,
}
