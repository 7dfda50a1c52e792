"""Asks with if where there is a number, and with where elsewhere."""

import jax
import jax.numpy as jnp


def growth_by_temperature(temperature: float):
    """Rate per day."""
    t = jnp.asarray(temperature, dtype=jnp.float32)
    too_cold = t <= 10
    too_hot = t >= 35
    middle = jnp.where(too_cold | too_hot, 20.0, t)
    rate = 0.0002 * middle * (middle - 10) * (35 - middle) ** 0.5
    rate = jnp.where(too_cold, 0.0, rate)
    rate = jnp.where(too_hot, 0.0, rate)
    return rate
