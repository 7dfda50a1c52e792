"""Takes axis 1 for that of the samples."""
# diagnosis: shapes-do-not-fit

import jax
import jax.numpy as jnp


def linear_forward(W, X):
    return jax.vmap(jnp.dot, in_axes=(None, 1))(W, X)
