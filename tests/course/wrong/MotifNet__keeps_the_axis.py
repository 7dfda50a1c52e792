"""Gives one column instead of one number a row."""
# diagnosis: wrong-shape

from flax import linen as nn


class MotifNet(nn.Module):
    width: int

    @nn.compact
    def __call__(self, x):
        return nn.Dense(1)(nn.relu(nn.Dense(self.width)(x)))
