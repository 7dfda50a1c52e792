"""Splits off a key first, and takes the order from all arrays of a pair."""

import jax
from jax import random


def shuffle_pairs(key, X, y):
    key, subkey = random.split(key)
    order = random.permutation(subkey, X.shape[0])
    return jax.tree.map(lambda part: part[order], (X, y))
