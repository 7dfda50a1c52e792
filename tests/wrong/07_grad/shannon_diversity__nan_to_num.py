"""Makes a number of NaN."""
# diagnosis: log-slope-at-zero

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    return -jnp.sum(jnp.nan_to_num(p * jnp.log(p)))
