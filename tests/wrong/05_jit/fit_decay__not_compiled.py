"""Takes jit out, together with the function of one step."""
# diagnosis: not-compiled

import jax
import jax.numpy as jnp


def fit_decay(times, amounts, start, steps):
    def error(rate):
        return jnp.mean((jnp.exp(-rate * times) - amounts) ** 2)

    slope = jax.grad(error)
    rate = start
    for k in range(steps):
        rate = rate - 0.5 / (1 + k) * slope(rate)
    return rate
