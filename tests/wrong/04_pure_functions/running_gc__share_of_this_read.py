"""Counts on, and gives the share of this read."""
# diagnosis: state-ignored

import jax.numpy as jnp


def running_gc(state, read):
    found = (read == 1) | (read == 2)
    new = {"gc": state["gc"] + jnp.sum(found), "bases": state["bases"] + read.shape[0]}
    return new, jnp.mean(found)
