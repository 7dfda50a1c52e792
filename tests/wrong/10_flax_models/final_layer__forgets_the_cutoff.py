"""Answers eight of the nine."""
# diagnosis: wrong-form

final_layer = {
    "healthy": "B",
    "tissue": "C",
    "stage": "C",
    "location": "B",
    "resistance": "B",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
}
