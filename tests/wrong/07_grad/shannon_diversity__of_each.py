"""Returns the part of each species."""
# diagnosis: wrong-shape

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -p * jnp.log(jnp.where(p > 0, p, 1.0))
