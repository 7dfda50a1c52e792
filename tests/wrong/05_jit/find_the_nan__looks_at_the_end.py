"""Looks at the end alone, and names the last step."""
# diagnosis: nan-passed-on

import jax.numpy as jnp


def find_the_nan(steps, x):
    for name, step in steps.items():
        x = step(x)
    return name if jnp.isnan(x).any() else None
