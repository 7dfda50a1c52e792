"""Draws uniformly, from a range with the right variance, and carries the key along."""

import math

import jax
import jax.numpy as jnp


def init_mlp(key, sizes: list[int]) -> list[dict]:
    params = []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        key, sub = jax.random.split(key)
        limit = math.sqrt(3 / fan_in)
        w = jax.random.uniform(sub, shape=(fan_in, fan_out), minval=-limit, maxval=limit)
        params.append(dict(w=w, b=jnp.zeros(shape=fan_out, dtype=jnp.float32)))
    return params
