"""Empties the list outside first: the values are right, and tracers stay in it."""
# diagnosis: leaked-tracer

import jax.numpy as jnp

steps = []


def norm_with_log(x):
    steps.clear()
    squares = x**2
    steps.append(squares)
    total = jnp.sum(squares)
    steps.append(total)
    return jnp.sqrt(total), list(steps)
