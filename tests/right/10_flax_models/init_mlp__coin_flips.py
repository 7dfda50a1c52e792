"""Draws plus or minus one, which has the right mean and variance once it is scaled, and returns a tuple."""

import jax
import jax.numpy as jnp
import numpy as np


def init_mlp(key, sizes):
    keys = iter(jax.random.split(key, len(sizes)))
    return tuple(
        {"w": np.sqrt(1 / m) * jax.random.rademacher(next(keys), (m, n), dtype=float), "b": jnp.zeros((n,))}
        for m, n in zip(sizes, sizes[1:])
    )
