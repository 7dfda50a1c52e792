"""Asks a placeholder for its value."""
# diagnosis: python-if-on-tracer

import jax
import jax.numpy as jnp


@jax.jit
def log_odds(counts, pseudocount):
    padded = counts + pseudocount if pseudocount > 0 else counts
    return jnp.log(padded / padded.sum() * counts.size)
