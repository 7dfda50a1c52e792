"""Maps over numbers, and all samples share one key."""
# diagnosis: replicates-identical

import jax
import jax.numpy as jnp


def bootstrap_means(key, x, B):
    return jax.vmap(lambda _: jax.random.choice(key, x, x.shape).mean())(jnp.arange(B))
