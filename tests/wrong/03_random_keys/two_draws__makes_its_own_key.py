"""Makes a key from a fixed seed inside."""
# diagnosis: key-made-inside

import jax


def two_draws(key):
    first_key, second_key = jax.random.split(jax.random.key(0))
    return jax.random.normal(first_key), jax.random.normal(second_key)
