"""Returns which codes they are."""
# diagnosis: wrong-shape

import jax
import jax.numpy as jnp


def straight_through(z, codebook):
    squares = jnp.sum((z[:, None] - codebook[None]) ** 2, axis=-1)
    return jnp.argmin(squares, axis=1)
