"""Gives one entry for two arguments."""
# diagnosis: in-axes-form

import jax
import jax.numpy as jnp


def linear_forward(W, X):
    return jax.vmap(jnp.dot, in_axes=(None,))(W, X)
