"""Hands out the key itself first, and then splits it."""
# diagnosis: parent-handed-out

import jax
import jax.numpy as jnp


def training_keys(key, steps):
    keys = [key]
    for _ in range(2 * steps - 1):
        keys.append(jax.random.split(keys[-1])[0])
    return jnp.stack(keys[:steps]), jnp.stack(keys[steps:])
