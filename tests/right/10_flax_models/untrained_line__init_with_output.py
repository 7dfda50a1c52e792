"""Lets Flax give the output and the variables at once."""

from flax import linen as nn


class LinearModel(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


def untrained_line(key, x):
    y, variables = LinearModel().init_with_output(key, x)
    return variables["params"], y
