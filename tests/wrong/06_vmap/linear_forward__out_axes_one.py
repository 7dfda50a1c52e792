"""Asks for the samples as columns."""
# diagnosis: batch-axis-elsewhere

import jax
import jax.numpy as jnp


def linear_forward(W, X):
    return jax.vmap(jnp.dot, in_axes=(None, 0), out_axes=1)(W, X)
