"""Multiplies by the coins, and divides by a number that is never quite zero."""

from functools import partial

import jax


@partial(jax.jit, static_argnames="rate")
def dropout(key: jax.Array, x: jax.Array, rate: float) -> jax.Array:
    """Inverted dropout."""
    keep = jax.random.bernoulli(key, p=1 - rate, shape=x.shape)
    return x * keep / max(1 - rate, 1e-6)
