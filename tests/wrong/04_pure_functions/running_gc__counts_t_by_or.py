"""Joins two numbers in place of two comparisons."""
# diagnosis: other-bases-counted

import jax.numpy as jnp


def running_gc(state, read):
    gc = state["gc"] + jnp.sum(read == 1 | 2)
    bases = state["bases"] + read.shape[0]
    return {"gc": gc, "bases": bases}, gc / bases
