"""Leaves zeros out."""
# diagnosis: fold-in-collision

import jax


def step_key(key, epoch, step):
    if epoch:
        key = jax.random.fold_in(key, epoch)
    if step:
        key = jax.random.fold_in(key, step)
    return key
