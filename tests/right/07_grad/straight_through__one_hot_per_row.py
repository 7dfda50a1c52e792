"""Works row by row with `vmap`, and picks with a product."""

import jax
import jax.numpy as jnp


def quantize(row, codebook):
    d = jnp.sum((codebook - row) ** 2, axis=1)
    return jax.nn.one_hot(jnp.argmin(d), codebook.shape[0]) @ codebook


@jax.jit
def straight_through(z, codebook):
    q = jax.vmap(quantize, in_axes=(0, None))(z, codebook)
    return z + jax.lax.stop_gradient(q - z)
