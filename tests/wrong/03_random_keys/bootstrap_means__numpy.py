"""Draws with NumPy."""
# diagnosis: numpy-random

import jax.numpy as jnp
import numpy as np


def bootstrap_means(key, x, B):
    return jnp.array([np.random.choice(np.asarray(x), len(x)).mean() for _ in range(B)])
