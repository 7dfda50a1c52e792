"""Returns the share first."""
# diagnosis: pair-swapped

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum((read == 1) | (read == 2))
    bases = state["bases"] + read.shape[0]
    return gc / bases, {"gc": gc, "bases": bases}
