"""Prints what came in."""
# diagnosis: old-number-printed

import jax


def reported_step(n, rate):
    jax.debug.print("cells: {n}", n=n)
    return n + rate * n
