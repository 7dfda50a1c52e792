# ruff: noqa: F821
import copy
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np


def expected(layers, x):
    for layer in layers[:-1]:
        x = np.maximum(x @ layer["w"] + layer["b"], 0)
    return x @ layers[-1]["w"] + layers[-1]["b"]


rng = np.random.default_rng(5)


def drawn(sizes):
    layers = [{"w": rng.normal(size=(m, n)), "b": rng.normal(size=n) - 0.5} for m, n in pairwise(sizes)]
    return layers, jax.tree.map(jnp.float32, layers)


for sizes in ([5, 1], [4, 9, 3], [2, 6, 5, 4, 3]):
    layers, params = drawn(sizes)
    x = rng.normal(size=(7, sizes[0]))
    before = copy.copy(params)
    for data in (x, x[0]):
        got = apply_mlp(params, jnp.float32(data))
        assert got.dtype == jnp.float32
        np.testing.assert_allclose(got, expected(layers, data), rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(jax.jit(apply_mlp)(params, jnp.float32(data)), got, rtol=1e-4, atol=1e-4)
    assert len(params) == len(before)
networks = [drawn([3, 4, 2]) for _ in range(3)]
stack = jax.tree.map(lambda *leaves: jnp.stack(leaves), *[params for _, params in networks])
x = rng.normal(size=(5, 3))
got = jax.vmap(apply_mlp, in_axes=(0, None))(stack, jnp.float32(x))
np.testing.assert_allclose(got, [expected(layers, x) for layers, _ in networks], rtol=1e-4, atol=1e-4)
