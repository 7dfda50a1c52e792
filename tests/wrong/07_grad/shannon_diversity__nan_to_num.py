"""Makes a number of NaN."""
# diagnosis: slope-not-finite

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.sum(jnp.nan_to_num(p * jnp.log(p)))
