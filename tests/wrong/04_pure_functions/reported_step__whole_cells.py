"""Rounds, since there are no half cells."""
# diagnosis: number-rounded

import jax
import jax.numpy as jnp


def reported_step(n, rate):
    grown = jnp.round(n + rate * n)
    jax.debug.print("cells: {}", grown)
    return grown
