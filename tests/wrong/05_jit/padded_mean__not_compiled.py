"""Does not compile."""
# diagnosis: not-compiled

import jax.numpy as jnp


def padded_mean(x, mask):
    return jnp.where(mask, x, 0.0).sum() / jnp.maximum(mask.sum(), 1)
