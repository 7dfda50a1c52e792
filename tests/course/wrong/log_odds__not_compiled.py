"""Right, and not compiled."""
# diagnosis: not-compiled

import jax.numpy as jnp


def log_odds(counts, pseudocount):
    padded = counts + pseudocount
    return jnp.log(padded / padded.sum() * counts.size)
