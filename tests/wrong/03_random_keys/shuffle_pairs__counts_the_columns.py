"""Takes the number of columns for the number of cells."""
# diagnosis: wrong-shape

import jax


def shuffle_pairs(key, X, y):
    order = jax.random.permutation(key, X.shape[1])
    return X[order], y[order]
