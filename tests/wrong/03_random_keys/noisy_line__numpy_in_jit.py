"""Draws with NumPy inside jit, where it happens once."""
# diagnosis: numpy-random

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


@partial(jax.jit, static_argnums=1)
def noisy_line(key, n):
    x = jnp.asarray(np.random.uniform(size=(n, 1)), jnp.float32)
    noise = jnp.asarray(np.random.normal(size=(n, 1)), jnp.float32)
    return x, 2 * x + 1 + 0.1 * noise
