"""Forgets that `from_bytes` returns a new state."""
# diagnosis: wrong-value

import json

import jax
import jax.numpy as jnp
import numpy as np
from flax import serialization


class Checkpoint:
    def __init__(self, config):
        self.config = json.dumps(config, sort_keys=True)

    def save(self, state, key):
        content = {"config": self.config, "state": serialization.to_state_dict(state), "key": np.asarray(jax.random.key_data(key))}
        return serialization.msgpack_serialize(content)

    def load(self, saved, state, key):
        content = serialization.msgpack_restore(saved)
        if content["config"] != self.config:
            raise ValueError("other settings")
        serialization.from_state_dict(state, content["state"])
        numbers = jnp.asarray(content["key"])
        typed = jnp.issubdtype(key.dtype, jax.dtypes.prng_key)
        return state, jax.random.wrap_key_data(numbers) if typed else numbers
