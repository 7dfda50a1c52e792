# ruff: noqa: F821
import math

assert type(final_layer) is dict
assert {name: choice for name, choice in final_layer.items() if name != "cutoff"} == {
    "healthy": "B",
    "tissue": "C",
    "stage": "C",
    "location": "B",
    "resistance": "B",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
}
assert math.isclose(final_layer["cutoff"], 0, abs_tol=1e-6)
