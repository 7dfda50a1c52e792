"""Makes a key from a fixed seed inside."""
# diagnosis: key-made-inside

import jax


def shuffle_pairs(key, X, y):
    perm = jax.random.permutation(jax.random.key(0), len(y))
    return X[perm], y[perm]
