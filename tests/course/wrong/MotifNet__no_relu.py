"""Leaves the relu out: two layers in a row are one."""
# diagnosis: no-activation

from flax import linen as nn


class MotifNet(nn.Module):
    width: int

    @nn.compact
    def __call__(self, x):
        return nn.Dense(1)(nn.Dense(self.width)(x))[:, 0]
