"""Divides by the fan-in instead of its root."""
# diagnosis: divided-by-fan-in

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    keys = jax.random.split(key, len(sizes) - 1)
    return [{"w": jax.random.normal(k, (m, n)) / m, "b": jnp.zeros(n)} for k, m, n in zip(keys, sizes[:-1], sizes[1:])]
