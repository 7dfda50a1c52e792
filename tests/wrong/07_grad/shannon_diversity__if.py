"""Asks each share whether it is zero."""
# diagnosis: python-if-on-tracer

import jax
import jax.numpy as jnp


def shannon_diversity(p):
    total = 0.0
    for share in p:
        if share > 0:
            total -= share * jnp.log(share)
    return total
