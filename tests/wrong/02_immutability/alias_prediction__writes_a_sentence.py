"""Answers in words."""
# diagnosis: wrong-form

alias_prediction = "x is [2, 3, 4], u is [1, 2, 3]"
