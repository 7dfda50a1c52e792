"""Uses a key of its own."""
# diagnosis: recipe-not-followed

import jax
from flax import linen as nn


class LinearModel(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


def untrained_line(key, x):
    model = LinearModel()
    params = model.init(jax.random.key(0), x)["params"]
    return params, model.apply({"params": params}, x)
