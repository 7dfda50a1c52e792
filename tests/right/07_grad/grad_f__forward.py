"""Differentiates forward instead of backward."""

import jax
import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


grad_f = jax.jacfwd(f)
