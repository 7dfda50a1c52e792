"""Makes a key from the number of the layer."""
# diagnosis: key-made-inside

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    params = []
    for i in range(len(sizes) - 1):
        k = jax.random.fold_in(jax.random.key(0), i)
        w = jax.random.normal(k, (sizes[i], sizes[i + 1])) / jnp.sqrt(sizes[i])
        params.append({"w": w, "b": jnp.zeros(sizes[i + 1])})
    return params
