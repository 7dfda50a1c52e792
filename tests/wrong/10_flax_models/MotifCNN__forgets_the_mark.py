"""Has no `@nn.compact`."""
# diagnosis: module-setup

import flax.linen as nn


class MotifCNN(nn.Module):
    filters: int
    width: int

    def __call__(self, x):
        x = nn.relu(nn.Conv(self.filters, (self.width,), padding="VALID")(x))
        return nn.Dense(1)(x.max(axis=1))
