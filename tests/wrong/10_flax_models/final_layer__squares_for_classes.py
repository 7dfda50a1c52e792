"""Treats the number of a class like any other number."""
# diagnosis: loss-of-another-kind

final_layer = {
    "healthy": "B",
    "tissue": "A",
    "stage": "A",
    "location": "B",
    "resistance": "B",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
    "cutoff": 0.0,
}
