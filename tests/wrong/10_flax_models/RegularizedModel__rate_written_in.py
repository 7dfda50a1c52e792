"""Writes the rate of the example into the layer."""
# diagnosis: rate-not-used

import flax.linen as nn


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        x = nn.BatchNorm(use_running_average=not train)(x)
        x = nn.relu(x)
        x = nn.Dropout(0.5, deterministic=not train)(x)
        return nn.Dense(1)(x)
