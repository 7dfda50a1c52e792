"""Everything in one dictionary, which `from_bytes` fills; the settings stay a dictionary."""

import json

import jax
import jax.numpy as jnp
from flax import serialization


class Checkpoint:
    def __init__(self, config):
        self.config = dict(config)

    def save(self, state, key):
        content = {"key": jax.random.key_data(key), "state": state, "config": json.dumps(self.config, sort_keys=True)}
        return serialization.to_bytes(content)

    def load(self, saved, state, key):
        template = {"key": jax.random.key_data(key), "state": state, "config": ""}
        content = serialization.from_bytes(template, saved)
        if json.loads(content["config"]) != self.config:
            raise ValueError(f"{content['config']} is not {self.config}")
        numbers = jnp.asarray(content["key"])
        typed = jnp.issubdtype(key.dtype, jax.dtypes.prng_key)
        return content["state"], (jax.random.wrap_key_data(numbers) if typed else numbers)
