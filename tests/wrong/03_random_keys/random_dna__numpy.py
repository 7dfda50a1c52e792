"""Draws with NumPy."""
# diagnosis: numpy-random

import jax.numpy as jnp
import numpy as np


def random_dna(key, n, L, p):
    p = np.asarray(p, float)
    return jnp.array(np.random.choice(4, size=(n, L), p=p / p.sum()), jnp.int32)
