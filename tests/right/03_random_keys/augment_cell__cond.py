"""Chooses with `cond`, inside jit."""

import jax
import jax.numpy as jnp
from jax import lax


@jax.jit
def augment_cell(key: jax.Array, img: jax.Array) -> jax.Array:
    """Flip `img` at random."""
    k1, k2 = jax.random.split(key)
    img = lax.cond(jax.random.bernoulli(k1), jnp.fliplr, lambda same: same, img)
    img = lax.cond(jax.random.bernoulli(k2), jnp.flipud, lambda same: same, img)
    return img
