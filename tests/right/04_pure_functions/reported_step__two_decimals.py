"""Prints with two decimals and other words and numbers in the line."""

import jax


def reported_step(n, rate):
    new = n * (1 + rate)
    jax.debug.print("hour 1: {:.2f} cells", new)
    return new
