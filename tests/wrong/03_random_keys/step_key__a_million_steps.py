"""Makes one number of both, and leaves room for a million steps."""
# diagnosis: fold-in-collision

import jax

STEPS_PER_EPOCH = 1_000_000


def step_key(key, epoch, step):
    number = epoch * STEPS_PER_EPOCH + step
    return jax.random.fold_in(key, number)
