"""Puts the text together with `%`."""
# diagnosis: concrete-value-in-jit

import jax


def reported_step(n, rate):
    grown = n + rate * n
    jax.debug.print("cells: %f" % grown)
    return grown
