"""Takes the second part of `value_and_grad`, and prints."""

import jax
import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


def grad_f(x: jax.Array) -> jax.Array:
    """The slopes of f."""
    value, slope = jax.value_and_grad(f)(x)
    print("f is", value)
    return slope
