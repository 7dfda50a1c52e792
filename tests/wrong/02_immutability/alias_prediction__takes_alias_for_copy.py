"""Thinks that `y = x` copies."""
# diagnosis: alias-is-no-copy

alias_prediction = {"x": [1, 2, 3], "u": [1, 2, 3]}
