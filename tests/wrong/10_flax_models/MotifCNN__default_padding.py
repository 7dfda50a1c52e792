"""Leaves the padding as Flax has it."""
# diagnosis: padding-added

import flax.linen as nn


class MotifCNN(nn.Module):
    filters: int
    width: int

    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Conv(self.filters, kernel_size=(self.width,))(x))
        return nn.Dense(1)(x.max(axis=1))
