"""Compiles the whole, and forgets that a loop needs its number."""
# diagnosis: traced-integer

import jax
import jax.numpy as jnp


@jax.jit
def fit_decay(times, amounts, start, steps):
    rate = start
    for k in range(steps):
        rate = rate - 0.5 / (1 + k) * jax.grad(lambda r: jnp.mean((jnp.exp(-r * times) - amounts) ** 2))(rate)
    return rate
