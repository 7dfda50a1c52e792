"""Thinks that the loop is one line."""
# diagnosis: loop-stays-a-loop

jaxpr_prediction = {"add": 1, "sub": 0, "exp": 1, "mul": 1}
