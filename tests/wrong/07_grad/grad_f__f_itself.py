"""Returns what `f` returns."""
# diagnosis: value-instead-of-slope

import jax
import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


def grad_f(x):
    return f(x)
