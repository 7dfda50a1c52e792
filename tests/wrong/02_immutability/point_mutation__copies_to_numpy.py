"""Writes into a NumPy copy, which cannot work inside jit."""
# diagnosis: numpy-on-tracer

import jax.numpy as jnp
import numpy as np


def point_mutation(onehot, pos, base):
    new = np.array(onehot)
    new[pos] = 0
    new[pos, base] = 1
    return jnp.asarray(new)
