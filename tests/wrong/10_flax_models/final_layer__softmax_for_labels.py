"""Lets labels compete that can be true together."""
# diagnosis: loss-of-another-kind

final_layer = {
    "healthy": "B",
    "tissue": "C",
    "stage": "C",
    "location": "C",
    "resistance": "C",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
    "cutoff": 0.0,
}
