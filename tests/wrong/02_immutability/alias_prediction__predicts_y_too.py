"""Says what every name holds."""
# diagnosis: wrong-form

alias_prediction = {"x": [2, 3, 4], "y": [2, 3, 4], "u": [1, 2, 3], "w": [2, 3, 4]}
