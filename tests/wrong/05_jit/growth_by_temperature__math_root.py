"""Takes the root of Python."""
# diagnosis: concrete-value-in-jit

import math

import jax.numpy as jnp


def growth_by_temperature(temperature):
    left = max(35.0 - float(temperature), 0.0)
    rate = 0.0002 * temperature * (temperature - 10) * math.sqrt(left)
    return jnp.where(temperature > 10, rate, 0.0)
