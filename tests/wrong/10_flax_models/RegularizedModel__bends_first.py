"""Normalizes after ReLU."""
# diagnosis: steps-in-another-order

import flax.linen as nn


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        x = nn.relu(x)
        x = nn.BatchNorm(use_running_average=not train)(x)
        x = nn.Dropout(self.rate, deterministic=not train)(x)
        return nn.Dense(1)(x)
