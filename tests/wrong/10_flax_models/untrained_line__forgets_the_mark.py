"""Writes the class itself, without `@nn.compact`."""
# diagnosis: module-setup

from flax import linen as nn


class LinearModel(nn.Module):
    def __call__(self, x):
        return nn.Dense(features=1)(x)


def untrained_line(key, x):
    model = LinearModel()
    params = model.init(key, x)["params"]
    return params, model.apply({"params": params}, x)
