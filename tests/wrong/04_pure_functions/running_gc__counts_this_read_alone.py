"""Forgets what was there before."""
# diagnosis: state-ignored

import jax.numpy as jnp


def running_gc(state, read):
    gc = jnp.sum((read == 1) | (read == 2))
    bases = jnp.array(read.shape[0])
    return {"gc": gc, "bases": bases}, gc / bases
