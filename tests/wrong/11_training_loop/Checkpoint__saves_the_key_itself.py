"""Puts the key itself into the bytes."""
# diagnosis: key-is-no-number

import json

from flax import serialization


class Checkpoint:
    def __init__(self, config):
        self.config = json.dumps(config, sort_keys=True)

    def save(self, state, key):
        return serialization.to_bytes({"config": self.config, "state": state, "key": key})

    def load(self, saved, state, key):
        content = serialization.from_bytes({"config": "", "state": state, "key": key}, saved)
        if content["config"] != self.config:
            raise ValueError("other settings")
        return content["state"], content["key"]
