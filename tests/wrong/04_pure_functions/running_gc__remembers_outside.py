"""Keeps the counts in a dictionary outside."""
# diagnosis: remembers-calls

import jax.numpy as jnp

total = {"gc": 0, "bases": 0}


def running_gc(state, read):
    total["gc"] = total["gc"] + jnp.sum((read == 1) | (read == 2))
    total["bases"] = total["bases"] + read.shape[0]
    return {name: jnp.asarray(number, jnp.int32) for name, number in total.items()}, total["gc"] / total["bases"]
