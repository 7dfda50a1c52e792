"""Forgets the minus."""
# diagnosis: sign-reversed

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    safe = jnp.where(p > 0, p, 1.0)
    return jnp.sum(p * jnp.log(safe))
