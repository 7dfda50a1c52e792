"""Takes the rate for a factor."""
# diagnosis: rate-as-factor

import jax


def reported_step(n, rate):
    grown = n * rate
    jax.debug.print("cells: {grown}", grown=grown)
    return grown
