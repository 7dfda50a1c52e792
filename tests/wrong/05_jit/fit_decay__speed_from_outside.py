"""Compiles once a step that finds the speed outside of itself."""
# diagnosis: first-value-kept

import jax
import jax.numpy as jnp


def fit_decay(times, amounts, start, steps):
    def error(rate):
        return jnp.mean((jnp.exp(-rate * times) - amounts) ** 2)

    @jax.jit
    def one_step(rate):
        return rate - speed * jax.grad(error)(rate)

    rate = start
    for k in range(steps):
        speed = 0.5 / (1 + k)
        rate = one_step(rate)
    return rate
