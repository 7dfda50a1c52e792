"""Keeps the logarithm away from zero by clipping."""

import jax
import jax.numpy as jnp


@jax.jit
def shannon_diversity(shares):
    return -(shares * jnp.log(jnp.clip(shares, 1e-12, None))).sum()
