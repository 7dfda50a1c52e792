"""With pickle, and a digest of the settings in front."""

import hashlib
import json
import pickle

import jax
import jax.numpy as jnp
import numpy as np


class Checkpoint:
    """Keeps a run."""

    def __init__(self, config: dict):
        self._mark = hashlib.sha256(json.dumps(sorted(config.items())).encode()).digest()

    def save(self, state, key) -> bytes:
        leaves = [np.asarray(leaf) for leaf in jax.tree.leaves(state)]
        return self._mark + pickle.dumps((leaves, np.asarray(jax.random.key_data(key))))

    def load(self, saved, state, key):
        if saved[:32] != self._mark:
            raise ValueError("other settings")
        leaves, numbers = pickle.loads(saved[32:])
        restored = jax.tree.unflatten(jax.tree.structure(state), [jnp.asarray(leaf) for leaf in leaves])
        if key.dtype == jnp.uint32:
            return restored, jnp.asarray(numbers)
        return restored, jax.random.wrap_key_data(jnp.asarray(numbers))
