"""Writes into the caller's dictionary."""
# diagnosis: dictionary-changed

import jax.numpy as jnp


def running_gc(state, read):
    state["gc"] = state["gc"] + jnp.sum((read == 1) | (read == 2))
    state["bases"] = state["bases"] + read.shape[0]
    return state, state["gc"] / state["bases"]
