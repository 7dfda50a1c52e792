"""Compiles outside, with the speed static."""
# diagnosis: compiled-again

from functools import partial

import jax
import jax.numpy as jnp


def error(rate, times, amounts):
    return jnp.mean((jnp.exp(-rate * times) - amounts) ** 2)


@partial(jax.jit, static_argnames="speed")
def one_step(rate, times, amounts, speed):
    return rate - speed * jax.grad(error)(rate, times, amounts)


def fit_decay(times, amounts, start, steps):
    rate = start
    for k in range(steps):
        rate = one_step(rate, times, amounts, 0.5 / (1 + k))
    return rate
