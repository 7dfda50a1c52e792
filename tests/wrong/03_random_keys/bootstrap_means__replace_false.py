"""Forbids replacement."""
# diagnosis: sampling-without-replacement

import jax


def bootstrap_means(key, x, B):
    keys = jax.random.split(key, B)
    return jax.vmap(lambda k: jax.random.choice(k, x, x.shape, replace=False).mean())(keys)
