"""Turns a raw key into a new one, and so always gives a new one."""
# diagnosis: key-form-changed

import jax


def step_key(key, epoch, step):
    if key.dtype == jax.numpy.uint32:
        key = jax.random.wrap_key_data(key)
    return jax.random.fold_in(jax.random.fold_in(key, epoch), step)
