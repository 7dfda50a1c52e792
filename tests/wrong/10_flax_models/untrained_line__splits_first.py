"""Splits the key before it goes into `init`."""
# diagnosis: key-split-before-init

import jax
from flax import linen as nn


class LinearModel(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


def untrained_line(key, x):
    model = LinearModel()
    _, init_key = jax.random.split(key)
    params = model.init(init_key, x)["params"]
    return params, model.apply({"params": params}, x)
