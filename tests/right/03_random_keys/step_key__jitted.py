"""Jits it, so that epoch and step have no values inside."""

import jax


@jax.jit
def step_key(key, epoch, step):
    epoch_key = jax.random.fold_in(key, epoch)
    return jax.random.fold_in(epoch_key, step)
