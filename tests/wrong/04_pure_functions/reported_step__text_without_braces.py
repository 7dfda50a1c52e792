"""Hands the number over, and has no place for it."""
# diagnosis: text-without-place

import jax


def reported_step(n, rate):
    grown = n + rate * n
    jax.debug.print("cells: ", grown)
    return grown
