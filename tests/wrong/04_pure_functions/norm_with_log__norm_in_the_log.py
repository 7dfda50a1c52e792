"""Puts the norm into the log as well."""
# diagnosis: log-of-another-form

import jax.numpy as jnp


def norm_with_log(x):
    squares = x**2
    total = jnp.sum(squares)
    norm = jnp.sqrt(total)
    return norm, [squares, total, norm]
