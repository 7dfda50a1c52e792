"""Uses `xlogy`, with a safe second argument."""

import jax
import jax.numpy as jnp

from jax.scipy.special import xlogy


def shannon_diversity(p):
    total = 0.0
    for share in p:
        total = total - xlogy(share, jnp.where(share > 0, share, 1.0))
    return total
