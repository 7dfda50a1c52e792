"""Another order, with `dict`."""

jaxpr_prediction = dict(mul=3, exp=1, sub=0, add=1)
