"""Folds in the product."""
# diagnosis: fold-in-collision

import jax


def step_key(key, epoch, step):
    return jax.random.fold_in(key, epoch * step)
