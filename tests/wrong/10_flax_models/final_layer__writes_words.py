"""Writes the choices in words."""
# diagnosis: wrong-form

final_layer = {
    "healthy": "sigmoid",
    "tissue": "softmax",
    "stage": "softmax",
    "location": "sigmoid",
    "resistance": "sigmoid",
    "fold_change": "none",
    "energy": "none",
    "correlation": "tanh",
    "cutoff": 0.0,
}
