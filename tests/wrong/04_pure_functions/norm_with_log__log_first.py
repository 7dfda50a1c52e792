"""Returns the log first."""
# diagnosis: pair-swapped

import jax.numpy as jnp


def norm_with_log(x):
    squares = x**2
    total = jnp.sum(squares)
    return [squares, total], jnp.sqrt(total)
