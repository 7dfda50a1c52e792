"""Goes on with NumPy after the draws."""

import jax
import numpy as np


def noisy_line(key, n):
    k0, k1, k2 = jax.random.split(key, 3)
    x = np.array(jax.random.uniform(k1, (n, 1)))
    noise = np.asarray(jax.random.normal(k2, (n, 1)))
    y = 2 * x
    y += 1
    y = y + 0.1 * noise
    return x, y
