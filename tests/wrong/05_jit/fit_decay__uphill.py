"""Adds the slope."""
# diagnosis: gradient-uphill

import jax
import jax.numpy as jnp


def fit_decay(times, amounts, start, steps):
    slope = jax.jit(jax.grad(lambda r: jnp.mean((jnp.exp(-r * times) - amounts) ** 2)))
    rate = start
    for k in range(steps):
        rate = rate + 0.5 / (1 + k) * slope(rate)
    return rate
