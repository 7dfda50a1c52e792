"""Goes through the entries one by one, each with a fresh key."""

import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    new = []
    for value in x.reshape(-1):
        key, coin_key = jax.random.split(key)
        keep = jax.random.uniform(coin_key) >= rate
        new.append(jnp.where(keep, value / (1 - rate), 0.0))
    return jnp.array(new).reshape(x.shape)
