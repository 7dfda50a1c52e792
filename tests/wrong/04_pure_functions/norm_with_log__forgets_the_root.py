"""Returns the sum of the squares as the norm."""
# diagnosis: root-missing

import jax.numpy as jnp


def norm_with_log(x):
    squares = x**2
    total = jnp.sum(squares)
    return total, [squares, total]
