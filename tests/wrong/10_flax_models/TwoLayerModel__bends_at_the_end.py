"""Puts ReLU after both layers."""
# diagnosis: last-layer-cut

import flax.linen as nn


class TwoLayerModel(nn.Module):
    width: int
    outputs: int

    def setup(self):
        self.hidden = nn.Dense(self.width)
        self.readout = nn.Dense(self.outputs)

    def embed(self, x):
        return nn.relu(self.hidden(x))

    def __call__(self, x):
        return nn.relu(self.readout(self.embed(x)))
