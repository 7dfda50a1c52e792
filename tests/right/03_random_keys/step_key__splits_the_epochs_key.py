"""Splits the key of the epoch once, and folds the step into its second child."""

import jax


def step_key(key, epoch, step):
    epoch_key = jax.random.fold_in(key, epoch)
    _, steps_root = jax.random.split(epoch_key)
    print("epoch", epoch, "step", step)
    return jax.random.fold_in(steps_root, step)
