"""Switches the alarm on, and leaves it on."""
# diagnosis: setting-left-on

import jax


def find_the_nan(steps, x):
    jax.config.update("jax_debug_nans", True)
    for name, step in steps.items():
        try:
            x = jax.jit(step)(x)
        except FloatingPointError:
            return name
    return None
