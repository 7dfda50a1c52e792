"""Takes standard normal numbers as they are."""
# diagnosis: initial-spread

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    params = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        key, sub = jax.random.split(key)
        params.append({"w": jax.random.normal(sub, (m, n)), "b": jnp.zeros(n)})
    return params
