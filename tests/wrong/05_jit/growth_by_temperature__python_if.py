"""Asks with if."""
# diagnosis: python-if-on-tracer

import jax.numpy as jnp


def growth_by_temperature(temperature):
    if temperature <= 10 or temperature >= 35:
        return 0.0
    return 0.0002 * temperature * (temperature - 10) * jnp.sqrt(35 - temperature)
