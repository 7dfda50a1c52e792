"""Normalizes with the batch when the model is used, too."""
# diagnosis: batch-used-afterwards

import flax.linen as nn


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        x = nn.relu(nn.BatchNorm(use_running_average=False)(x))
        x = nn.Dropout(self.rate, deterministic=not train)(x)
        return nn.Dense(1)(x)
