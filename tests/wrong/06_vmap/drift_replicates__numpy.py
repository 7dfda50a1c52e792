"""Draws with NumPy."""
# diagnosis: numpy-random

import jax.numpy as jnp
import numpy as np


def drift_replicates(key, p0, N, T, B):
    shares = np.full((B, T + 1), p0, dtype=np.float32)
    for t in range(T):
        shares[:, t + 1] = np.random.binomial(N, shares[:, t]) / N
    return jnp.array(shares)
