"""Counts the mean of x itself as one of the means."""
# diagnosis: key-ignored

import jax


def bootstrap_means(key, x, B):
    rest = jax.vmap(lambda k: jax.random.choice(k, x, x.shape).mean())(jax.random.split(key, B))
    return rest.at[0].set(x.mean())
