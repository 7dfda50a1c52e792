"""Cuts negative rates off, and NaN stays NaN."""
# diagnosis: not-finite

import jax.numpy as jnp


def growth_by_temperature(temperature):
    rate = 0.0002 * temperature * (temperature - 10) * jnp.sqrt(35 - temperature)
    return jnp.maximum(rate, 0.0)
