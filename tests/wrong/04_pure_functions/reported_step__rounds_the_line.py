"""Formats the number in the line without decimals."""
# diagnosis: number-rounded

import jax


def reported_step(n, rate):
    grown = n + rate * n
    jax.debug.print("cells: {c:.0f}", c=grown)
    return grown
