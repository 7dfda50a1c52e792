"""Thinks of one line for each of the four entries."""
# diagnosis: jaxpr-predicted-otherwise

jaxpr_prediction = {"add": 4, "sub": 0, "exp": 4, "mul": 12}
