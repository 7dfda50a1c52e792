"""Thinks that JAX leaves out what nobody uses."""
# diagnosis: unused-step-left-out

jaxpr_prediction = {"add": 1, "sub": 0, "exp": 0, "mul": 3}
