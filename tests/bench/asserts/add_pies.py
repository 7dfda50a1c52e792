# ruff: noqa: F821
import jax
import numpy as np

plain_kinds = (int, float, list, dict)
held_outside = {name: repr(value) for name, value in globals().items() if type(value) in plain_kinds}
add_pies(777, 5)
assert held_outside == {name: repr(globals()[name]) for name in held_outside}
rng = np.random.default_rng(14)
for run in (add_pies, jax.jit(add_pies)):
    for n, k in ((0, 10), (20, 10), *rng.integers(0, 900, size=(4, 2)).tolist()):
        for _ in range(2):
            got = run(n, k)
            assert np.shape(got) == ()
            assert int(got) == n + k
