"""Assigns the layers to `self` in `__call__`."""
# diagnosis: module-setup

import flax.linen as nn


class TwoLayerModel(nn.Module):
    width: int
    outputs: int

    @nn.compact
    def __call__(self, x):
        self.hidden = nn.Dense(self.width)
        self.readout = nn.Dense(self.outputs)
        return self.readout(self.embed(x))

    def embed(self, x):
        return nn.relu(self.hidden(x))
