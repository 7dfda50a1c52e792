"""Makes a new compiled function in each call."""
# diagnosis: compiled-again

import jax
import jax.numpy as jnp


def log_odds(counts, pseudocount):
    def compute(counts):
        padded = counts + pseudocount
        return jnp.log(padded / padded.sum() * counts.size)

    return jax.jit(compute)(counts)
