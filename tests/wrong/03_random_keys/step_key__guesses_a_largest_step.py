"""Makes one number of both, and is wrong as soon as an epoch has more than 100 steps."""
# diagnosis: fold-in-collision

import jax


def step_key(key, epoch, step):
    return jax.random.fold_in(key, epoch * 100 + step)
