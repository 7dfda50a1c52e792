"""The number by its place in the text, several words, in order."""

import jax


def reported_step(n, rate):
    new = n * (1 + rate)
    jax.debug.print("after one hour there are {} cells", new, ordered=True)
    return new
