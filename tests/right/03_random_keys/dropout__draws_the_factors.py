"""Draws the factor of each entry with `choice`."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    factor = 0.0 if rate == 1 else 1 / (1 - rate)
    chances = jnp.array([rate, 1 - rate])
    print("rate:", rate)
    return x * jax.random.choice(key, jnp.array([0.0, factor]), x.shape, p=chances)
