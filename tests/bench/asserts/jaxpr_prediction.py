# ruff: noqa: F821
assert type(jaxpr_prediction) is dict
assert {name: int(lines) for name, lines in jaxpr_prediction.items()} == {"add": 1, "sub": 0, "exp": 1, "mul": 3}
