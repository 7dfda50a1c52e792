"""Returns the pair the other way round."""
# diagnosis: pair-swapped

from flax import linen as nn


class LinearModel(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


def untrained_line(key, x):
    variables = LinearModel().init(key, x)
    return LinearModel().apply(variables, x), variables["params"]
