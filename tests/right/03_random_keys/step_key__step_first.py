"""Folds in the step first and the epoch second."""

import jax.random as jr


def step_key(key, epoch, step):
    key = jr.fold_in(key, step)
    key = jr.fold_in(key, epoch)
    return key
