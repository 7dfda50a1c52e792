"""Takes the noise from NumPy."""
# diagnosis: numpy-random

import jax
import numpy as np


def noisy_line(key, n):
    _, x_key, _ = jax.random.split(key, 3)
    x = jax.random.uniform(x_key, (n, 1))
    noise = np.random.normal(0, 0.1, (n, 1)).astype("float32")
    return x, 2 * x + 1 + noise
