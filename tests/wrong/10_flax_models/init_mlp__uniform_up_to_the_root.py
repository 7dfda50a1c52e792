"""Takes the edges of a uniform distribution for its standard deviation."""
# diagnosis: edge-is-no-deviation

import jax
import jax.numpy as jnp


def init_mlp(key, sizes):
    params = []
    for k, m, n in zip(jax.random.split(key, len(sizes) - 1), sizes[:-1], sizes[1:], strict=True):
        edge = 1 / jnp.sqrt(m)
        params.append({"w": jax.random.uniform(k, (m, n), minval=-edge, maxval=edge), "b": jnp.zeros(n)})
    return params
