"""Writes a list of the lines."""
# diagnosis: wrong-form

jaxpr_prediction = ["add", "exp", "mul", "mul", "mul"]
