"""Wraps it all in a lambda and compiles it."""

import jax
import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


grad_f = jax.jit(lambda x: jax.grad(f)(x))
