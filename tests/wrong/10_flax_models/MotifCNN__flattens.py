"""Flattens the places instead of pooling."""
# diagnosis: place-matters

import flax.linen as nn


class MotifCNN(nn.Module):
    filters: int
    width: int

    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Conv(self.filters, (self.width,), padding="VALID")(x))
        return nn.Dense(1)(x.reshape((x.shape[0], -1)))
