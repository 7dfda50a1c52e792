"""Makes the pseudocount static."""
# diagnosis: compiled-again

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="pseudocount")
def log_odds(counts, pseudocount):
    padded = counts + pseudocount
    return jnp.log(padded / padded.sum() * counts.size)
