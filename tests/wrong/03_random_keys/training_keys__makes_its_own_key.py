"""Begins from seeds of its own, one for each use."""
# diagnosis: key-made-inside

import jax


def training_keys(key, steps):
    make = jax.random.key if jax.dtypes.issubdtype(key.dtype, jax.dtypes.prng_key) else jax.random.PRNGKey
    return jax.random.split(make(0), steps), jax.random.split(jax.random.key(1), steps)
