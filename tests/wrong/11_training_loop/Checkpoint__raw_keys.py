"""Gives the key back as its numbers."""
# diagnosis: key-form-changed

import json

import jax
import jax.numpy as jnp
from flax import serialization


class Checkpoint:
    def __init__(self, config):
        self.config = json.dumps(config, sort_keys=True)

    def save(self, state, key):
        return serialization.to_bytes({"config": self.config, "state": state, "key": jax.random.key_data(key)})

    def load(self, saved, state, key):
        template = {"config": "", "state": state, "key": jax.random.key_data(key)}
        content = serialization.from_bytes(template, saved)
        if content["config"] != self.config:
            raise ValueError(f"saved with {content['config']}")
        return content["state"], jnp.asarray(content["key"])
