"""Takes a key of its own for one of the numbers, made from seed 1."""
# diagnosis: key-from-outside

import jax

other = jax.random.key(1)


def two_draws(key):
    first = jax.random.normal(other)
    second = jax.random.normal(key)
    return first, second
