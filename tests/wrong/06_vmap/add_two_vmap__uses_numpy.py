"""Works with NumPy."""
# diagnosis: numpy-on-tracer

import jax.numpy as jnp
import numpy as np


def add_two_vmap(numbers):
    return jnp.asarray(np.asarray(numbers) + 2)
