"""Makes layers in a method that is not marked for it."""
# diagnosis: module-setup

from flax import linen as nn


class MotifNet(nn.Module):
    width: int

    def __call__(self, x):
        return nn.Dense(1)(nn.relu(nn.Dense(self.width)(x)))[:, 0]
