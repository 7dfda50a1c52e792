"""Leaves jit in the loop."""
# diagnosis: jit-made-anew

import jax
import jax.numpy as jnp


def fit_decay(times, amounts, start, steps):
    def error(rate):
        return jnp.mean((jnp.exp(-rate * times) - amounts) ** 2)

    rate = start
    for k in range(steps):
        speed = 0.5 / (1 + k)
        one_step = jax.jit(lambda rate: rate - speed * jax.grad(error)(rate))
        rate = one_step(rate)
    return rate
