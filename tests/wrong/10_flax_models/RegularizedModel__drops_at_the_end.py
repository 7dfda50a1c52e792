"""Drops what leaves the last layer."""
# diagnosis: steps-in-another-order

import flax.linen as nn


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        x = nn.BatchNorm(use_running_average=not train)(x)
        x = nn.relu(x)
        x = nn.Dense(1)(x)
        return nn.Dropout(self.rate, deterministic=not train)(x)
