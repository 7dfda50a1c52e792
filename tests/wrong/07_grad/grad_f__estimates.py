"""Estimates each slope from two points."""
# diagnosis: slopes-estimated

import jax.numpy as jnp


def f(x):
    return jnp.mean((x + 2) ** 2 + 3)


def grad_f(x):
    h = 1e-3
    slopes = []
    for i in range(x.shape[0]):
        up, down = x.at[i].add(h), x.at[i].add(-h)
        slopes.append((f(up) - f(down)) / (2 * h))
    return jnp.array(slopes)
