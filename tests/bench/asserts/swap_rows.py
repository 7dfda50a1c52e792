# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def swapped(x, i, j):
    order = np.arange(len(x))
    order[[i, j]] = order[[j, i]]
    return np.asarray(x)[order]


rng = np.random.default_rng(9)
for shape, pairs in (
    ((3, 3), [(0, 2), (2, 1)]),
    ((7, 4), [(0, 6), (5, 2), (3, 3)]),
    ((2, 1), [(0, 1)]),
    ((1, 1), [(0, 0)]),
):
    for dtype in (jnp.float32, jnp.int32):
        x = jnp.array(rng.permutation(shape[0] * shape[1]).reshape(shape), dtype)
        before = np.array(x)
        for i, j in pairs:
            got = swap_rows(x, i, j)
            assert got.dtype == dtype
            np.testing.assert_allclose(got, swapped(before, i, j), rtol=1e-5)
            np.testing.assert_allclose(jax.jit(swap_rows)(x, i, j), swapped(before, i, j), rtol=1e-5)
        np.testing.assert_array_equal(x, before)
