"""Forgets that the weights are shared."""
# diagnosis: inconsistent-batch

import jax
import jax.numpy as jnp


def linear_forward(W, X):
    return jax.vmap(jnp.dot)(W, X)
