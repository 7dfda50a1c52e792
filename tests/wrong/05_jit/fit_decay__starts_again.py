"""Takes every step from the first guess."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def fit_decay(times, amounts, start, steps):
    slope = jax.jit(jax.grad(lambda r: jnp.mean((jnp.exp(-r * times) - amounts) ** 2)))
    for k in range(steps):
        rate = start - 0.5 / (1 + k) * slope(start)
    return rate
