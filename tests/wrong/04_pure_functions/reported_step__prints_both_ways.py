"""Prints with both, to be sure."""
# diagnosis: too-many-lines

import jax


def reported_step(n, rate):
    grown = n + rate * n
    print("cells:", grown)
    jax.debug.print("cells: {grown}", grown=grown)
    return grown
