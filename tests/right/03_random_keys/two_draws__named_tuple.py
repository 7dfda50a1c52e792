"""A callable object that gives back a tuple with names."""

from collections import namedtuple

import jax

Pair = namedtuple("Pair", ["growth", "noise"])


class TwoDraws:
    def __call__(self, key):
        growth, noise = jax.random.split(key)
        return Pair(growth=jax.random.normal(growth), noise=jax.random.normal(noise))


two_draws = TwoDraws()
