"""Counts the steps from 1."""
# diagnosis: one-step-off

import jax
import jax.numpy as jnp


def fit_decay(times, amounts, start, steps):
    @jax.jit
    def one_step(rate, speed):
        return rate - speed * jax.grad(lambda r: jnp.mean((jnp.exp(-r * times) - amounts) ** 2))(rate)

    rate = start
    for k in range(1, steps):
        rate = one_step(rate, 0.5 / (1 + k))
    return rate
