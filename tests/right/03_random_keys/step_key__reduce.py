"""Folds in both numbers with `reduce`."""

from functools import reduce

import jax


def step_key(key, *numbers):
    return reduce(jax.random.fold_in, numbers, key)
