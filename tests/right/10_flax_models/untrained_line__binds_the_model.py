"""Binds the numbers to the model, and unpacks what `init` returns."""

from flax import linen as nn


class LinearModel(nn.Module):
    features: int = 1

    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.features)(x)


model = LinearModel()


def untrained_line(key, x):
    (params,) = model.init({"params": key}, x[:1]).values()
    return params, model.bind({"params": params})(x)
