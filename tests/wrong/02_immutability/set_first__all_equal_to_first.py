"""Looks the first entry up by its value."""
# diagnosis: wrong-value

import jax.numpy as jnp


def set_first(b, v):
    return jnp.where(b == b[0], jnp.asarray(v, b.dtype), b)
