"""Lets JAX raise the alarm, and does not catch it."""
# diagnosis: nan-found

import jax


def find_the_nan(steps, x):
    with jax.debug_nans(True):
        for step in steps.values():
            x = step(x)
    return None
