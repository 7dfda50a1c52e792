"""Thinks that both conditions are written down."""
# diagnosis: both-ways-traced

jaxpr_prediction = {"add": 1, "sub": 1, "exp": 1, "mul": 3}
