"""An `f` before the text."""
# diagnosis: placeholder-printed

import jax


def reported_step(n, rate):
    grown = n + rate * n
    jax.debug.print(f"cells: {grown}")
    return grown
