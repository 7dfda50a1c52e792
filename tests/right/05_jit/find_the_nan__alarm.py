"""Lets JAX raise the alarm at what a compiled step returns, and catches it."""

import jax


def find_the_nan(steps, x):
    with jax.debug_nans(True):
        for name in steps:
            try:
                x = jax.jit(steps[name])(x)
            except FloatingPointError:
                return name
