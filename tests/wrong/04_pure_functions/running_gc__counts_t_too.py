"""Takes all bases from C on."""
# diagnosis: other-bases-counted

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum(read >= 1)
    bases = state["bases"] + len(read)
    return {"gc": gc, "bases": bases}, gc / bases
