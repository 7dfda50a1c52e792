"""Makes a key from a fixed seed inside."""
# diagnosis: key-made-inside

import jax
import jax.numpy as jnp


def augment_cell(key, img):
    key = jax.random.PRNGKey(3)
    k1, k2 = jax.random.split(key)
    img = jnp.where(jax.random.bernoulli(k1), img[:, ::-1], img)
    return jnp.where(jax.random.bernoulli(k2), img[::-1, :], img)
