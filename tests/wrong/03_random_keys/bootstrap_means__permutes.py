"""Shuffles instead of drawing with replacement."""
# diagnosis: sampling-without-replacement

import jax


def bootstrap_means(key, x, B):
    keys = jax.random.split(key, B)
    return jax.vmap(lambda k: jax.random.permutation(k, x).mean())(keys)
