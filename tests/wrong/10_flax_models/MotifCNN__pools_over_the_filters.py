"""Takes the maximum over the wrong axis."""
# diagnosis: pooled-over-filters

import flax.linen as nn


class MotifCNN(nn.Module):
    filters: int
    width: int

    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Conv(self.filters, (self.width,), padding="VALID")(x))
        return nn.Dense(1)(x.max(axis=-1))
