# ruff: noqa: F821
assert type(alias_prediction) is dict
assert {name: list(part) for name, part in alias_prediction.items()} == {"x": [2, 3, 4], "u": [1, 2, 3]}
