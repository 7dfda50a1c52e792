"""Keeps a small number under the root."""
# diagnosis: wrong-value

import jax.numpy as jnp


def growth_by_temperature(temperature):
    root = jnp.sqrt(jnp.maximum(35 - temperature, 1e-2))
    rate = 0.0002 * temperature * (temperature - 10) * root
    return jnp.where((temperature > 10) & (temperature < 35), rate, 0.0)
