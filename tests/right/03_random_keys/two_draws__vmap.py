"""Maps the draw over both keys."""

from jax import random, vmap


def two_draws(key):
    return tuple(vmap(random.normal)(random.split(key, 2)))
