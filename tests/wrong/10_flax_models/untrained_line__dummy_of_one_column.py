"""Makes the numbers from an example with one column, whatever `x` has."""
# diagnosis: module-setup

import jax.numpy as jnp
from flax import linen as nn


class LinearModel(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


def untrained_line(key, x):
    model = LinearModel()
    params = model.init(key, jnp.ones((1, 1)))["params"]
    return params, model.apply({"params": params}, x)
