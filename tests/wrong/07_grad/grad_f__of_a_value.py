"""Calls `f` before `grad` sees it."""
# diagnosis: grad-of-value

import jax
import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


x = jnp.array([0.0, 1.0, 2.0])
grad_f = jax.grad(f(x))
