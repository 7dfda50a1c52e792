"""Thinks that both arrays change in place."""
# diagnosis: immutable-changed-in-place

alias_prediction = {"x": [2, 3, 4], "u": [2, 3, 4]}
