"""Clips the temperature to where the formula is 0."""
# diagnosis: clipped-to-the-edge

import jax.numpy as jnp


def growth_by_temperature(temperature):
    t = jnp.clip(temperature, 10.0, 35.0)
    return 0.0002 * t * (t - 10.0) * jnp.sqrt(35.0 - t)
