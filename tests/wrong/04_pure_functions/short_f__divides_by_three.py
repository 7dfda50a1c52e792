"""Copies the division by 3.0 from the jaxpr."""
# diagnosis: length-written-in

import jax.numpy as jnp


def short_f(x):
    return jnp.sum((x + 2) ** 2 + 3) / 3.0
