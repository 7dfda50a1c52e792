"""Makes the layers in `__call__`, without the mark."""
# diagnosis: module-setup

import flax.linen as nn


class TwoLayerModel(nn.Module):
    width: int
    outputs: int

    def embed(self, x):
        return nn.relu(nn.Dense(self.width, name="hidden")(x))

    def __call__(self, x):
        return nn.Dense(self.outputs, name="readout")(self.embed(x))
