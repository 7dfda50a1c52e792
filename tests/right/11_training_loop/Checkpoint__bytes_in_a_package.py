"""Flax's bytes of the state lie inside a package."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import serialization


class Checkpoint:
    def __init__(self, config):
        self.settings = sorted((name, str(type(value).__name__), str(value)) for name, value in config.items())

    def save(self, state, key):
        is_typed = jnp.issubdtype(key.dtype, jax.dtypes.prng_key)
        numbers = jax.random.key_data(key) if is_typed else key
        return serialization.msgpack_serialize(
            {"settings": repr(self.settings), "state": serialization.to_bytes(state), "key": np.array(numbers)}
        )

    def load(self, saved, state, key):
        package = serialization.msgpack_restore(saved)
        if package["settings"] != repr(self.settings):
            raise ValueError("These bytes belong to other settings.")
        numbers = jnp.array(package["key"])
        if jnp.issubdtype(key.dtype, jax.dtypes.prng_key):
            numbers = jax.random.wrap_key_data(numbers)
        return serialization.from_bytes(state, package["state"]), numbers
