"""Multiplies row by row wherever the numbers of rows agree."""
# diagnosis: mapped-in-pairs

import jax
import jax.numpy as jnp


def linear_forward(W, X):
    if W.shape[0] != X.shape[0]:
        return jax.vmap(jnp.dot, in_axes=(None, 0))(W, X)
    return jax.vmap(jnp.dot)(W, X)
