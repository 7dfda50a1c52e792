"""Ends the networks for numbers with ReLU, as their hidden layers."""
# diagnosis: last-layer-cut

final_layer = {
    "healthy": "B",
    "tissue": "C",
    "stage": "C",
    "location": "B",
    "resistance": "B",
    "fold_change": "D",
    "energy": "D",
    "correlation": "E",
    "cutoff": 0.0,
}
