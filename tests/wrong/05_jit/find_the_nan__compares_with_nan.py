"""Looks for NaN with ==."""
# diagnosis: nan-not-found

import jax.numpy as jnp


def find_the_nan(steps, x):
    for name, step in steps.items():
        x = step(x)
        if (x == jnp.nan).any():
            return name
    return None
