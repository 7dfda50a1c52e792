"""Returns the new state, and no share."""
# diagnosis: part-missing

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum((read == 1) | (read == 2))
    return {"gc": gc, "bases": state["bases"] + read.shape[0]}
