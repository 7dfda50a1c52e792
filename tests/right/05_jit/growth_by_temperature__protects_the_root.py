"""Protects what stands under the root, and joins the sides in one where."""

import jax
import jax.numpy as jnp


@jax.jit
def growth_by_temperature(T):
    left = 35.0 - T
    root = jnp.sqrt(jnp.where(left > 0, left, 1.0))
    return jnp.where((10 < T) & (T < 35), 2e-4 * T * (T - 10) * root, 0.0)
