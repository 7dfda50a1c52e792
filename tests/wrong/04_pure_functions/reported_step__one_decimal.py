"""Formats the number in the line with one decimal."""
# diagnosis: number-rounded

import jax


def reported_step(n, rate):
    grown = n + rate * n
    jax.debug.print("{c:.1f} cells", c=grown)
    return grown
