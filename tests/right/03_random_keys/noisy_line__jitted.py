"""Compiles it with n as a static argument."""

from functools import partial

import jax
from jax.random import normal, split, uniform


@partial(jax.jit, static_argnames="n")
def noisy_line(key, n):
    _, kx, ky = split(key, 3)
    x = uniform(kx, (n, 1))
    noise = 0.1 * normal(ky, x.shape)
    return x, 1 + 2 * x + noise
