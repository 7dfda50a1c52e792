"""Thinks of the heat alone."""
# diagnosis: wrong-value

import jax.numpy as jnp


def growth_by_temperature(temperature):
    good = temperature < 35
    t = jnp.where(good, temperature, 20.0)
    return jnp.where(good, 0.0002 * t * (t - 10) * jnp.sqrt(35 - t), 0.0)
