"""Prints and returns nothing."""
# diagnosis: nothing-returned

import jax


def reported_step(n, rate):
    jax.debug.print("cells: {grown}", grown=n + rate * n)
