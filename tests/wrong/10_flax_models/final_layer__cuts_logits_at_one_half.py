"""Takes the logit for a probability."""
# diagnosis: threshold-on-logits

final_layer = {
    "healthy": "B",
    "tissue": "C",
    "stage": "C",
    "location": "B",
    "resistance": "B",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
    "cutoff": 0.5,
}
