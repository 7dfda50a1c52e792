"""Makes 0 of NaN at the end."""
# diagnosis: slope-not-finite

import jax
import jax.numpy as jnp


@jax.jit
def padded_mean(x, mask):
    return jnp.nan_to_num((x * mask).sum() / mask.sum())
