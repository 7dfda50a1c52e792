"""Asks for the slopes at one place at once."""
# diagnosis: numbers-not-function

import jax
import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


grad_f = jax.grad(f)(jnp.array([0.0, 1.0, 2.0]))
