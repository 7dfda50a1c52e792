"""Computes one of the two sides."""

import jax
import jax.numpy as jnp


def growth_by_temperature(temperature):
    def grows(t):
        return 0.0002 * t * (t - 10) * jnp.sqrt(35 - t)

    def rests(t):
        return 0.0 * t

    good = jnp.logical_and(temperature > 10, temperature < 35)
    return jax.lax.cond(good, grows, rests, temperature)
