"""Writes tuples instead of lists."""

alias_prediction = dict(x=(2, 3, 4), u=(1, 2, 3))
