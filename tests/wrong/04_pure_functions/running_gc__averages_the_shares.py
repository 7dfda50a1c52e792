"""Takes the mean of the old share and that of the read."""
# diagnosis: mean-of-shares

import jax.numpy as jnp


def running_gc(state, read):
    found = (read == 1) | (read == 2)
    gc = state["gc"] + jnp.sum(found)
    bases = state["bases"] + read.shape[0]
    own = jnp.mean(found)
    old = jnp.where(state["bases"] > 0, state["gc"] / state["bases"], own)
    return {"gc": gc, "bases": bases}, (old + own) / 2
