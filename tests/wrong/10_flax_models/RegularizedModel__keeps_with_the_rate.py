"""Takes the rate for the chance to be kept."""
# diagnosis: rate-swapped

import flax.linen as nn


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        x = nn.relu(nn.BatchNorm(use_running_average=not train)(x))
        x = nn.Dropout(1 - self.rate, deterministic=not train)(x)
        return nn.Dense(1)(x)
