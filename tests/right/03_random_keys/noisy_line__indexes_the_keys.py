"""Indexes the array of keys, and puts the line into a function of its own."""

import jax
import jax.numpy as jnp


def line(x):
    """The line without any noise."""
    return 2.0 * x + 1.0


def noisy_line(key: jax.Array, n: int) -> list[jax.Array]:
    keys = jax.random.split(key, 3)
    x = jax.random.uniform(keys[1], (n, 1), minval=0, maxval=1)
    eps = jax.random.normal(keys[2], (n, 1), dtype=jnp.float32)
    print("drew", x.shape, eps.shape)
    return [x, line(x) + 0.1 * eps]
