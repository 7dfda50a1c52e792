"""Puts nothing at the end where a range is to be kept."""
# diagnosis: range-not-kept

final_layer = {
    "healthy": "B",
    "tissue": "C",
    "stage": "C",
    "location": "B",
    "resistance": "B",
    "fold_change": "A",
    "energy": "A",
    "correlation": "A",
    "cutoff": 0.0,
}
