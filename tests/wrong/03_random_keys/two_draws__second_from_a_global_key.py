"""Takes the key of the second number from a cell further up."""
# diagnosis: key-from-outside

import jax

noise_key = jax.random.split(jax.random.key(8))[1]


def two_draws(key):
    return jax.random.normal(key), jax.random.normal(noise_key)
