"""Thinks that `x` and `y` are added up."""
# diagnosis: prediction-wrong

alias_prediction = {"x": [2, 4, 6], "u": [1, 2, 3]}
