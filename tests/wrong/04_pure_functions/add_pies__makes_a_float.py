"""Makes a number with a decimal point, to be sure."""
# diagnosis: wrong-dtype

import jax.numpy as jnp


def add_pies(n, k):
    return jnp.float32(n) + k
