"""Returns the gradient function instead of calling it."""
# diagnosis: function-not-called

import jax
import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


def grad_f(x):
    return jax.grad(f)
