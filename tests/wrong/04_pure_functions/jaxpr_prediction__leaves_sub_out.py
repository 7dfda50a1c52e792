"""Does not name what does not occur."""
# diagnosis: wrong-form

jaxpr_prediction = {"add": 1, "exp": 1, "mul": 3}
