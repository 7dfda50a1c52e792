"""Draws places, of which some come twice."""
# diagnosis: sampling-with-replacement

import jax


def shuffle_pairs(key, X, y):
    n = X.shape[0]
    places = jax.random.randint(key, (n,), 0, n)
    return X[places], y[places]
