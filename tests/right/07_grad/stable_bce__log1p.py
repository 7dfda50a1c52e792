"""Writes it with `log1p`, as books on numerics do."""

import jax
import jax.numpy as jnp


def stable_bce(z, y):
    return jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z)))
