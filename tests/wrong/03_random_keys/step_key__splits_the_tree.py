"""Returns two keys instead of one."""
# diagnosis: wrong-kind

import jax


def step_key(key, epoch, step):
    return jax.random.split(jax.random.fold_in(jax.random.fold_in(key, epoch), step))
