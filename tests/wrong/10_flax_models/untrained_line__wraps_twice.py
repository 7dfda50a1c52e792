"""Wraps up what is wrapped up already."""
# diagnosis: nested-params

from flax import linen as nn


class LinearModel(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


def untrained_line(key, x):
    model = LinearModel()
    params = model.init(key, x)
    return params["params"], model.apply({"params": params}, x)
