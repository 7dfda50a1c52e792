"""Protects nothing."""
# diagnosis: slope-not-finite

import jax.numpy as jnp


def growth_by_temperature(temperature):
    rate = 0.0002 * temperature * (temperature - 10) * jnp.sqrt(35 - temperature)
    return jnp.where((temperature > 10) & (temperature < 35), rate, 0.0)
