"""Lets Flax name the layers."""
# diagnosis: layer-names

import flax.linen as nn


class TwoLayerModel(nn.Module):
    width: int
    outputs: int

    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.outputs)(self.embed(x))

    @nn.compact
    def embed(self, x):
        return nn.relu(nn.Dense(self.width)(x))
