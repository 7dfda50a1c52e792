"""Makes the layers where they are used, in two methods with the mark."""

import flax.linen as nn


class TwoLayerModel(nn.Module):
    width: int
    outputs: int

    @nn.compact
    def embed(self, x):
        return nn.relu(nn.Dense(self.width, name="hidden")(x))

    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.outputs, name="readout")(self.embed(x))
