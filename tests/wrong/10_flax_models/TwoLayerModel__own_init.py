"""Makes the layers in `__init__`, as PyTorch has it."""
# diagnosis: module-with-init

import flax.linen as nn


class TwoLayerModel(nn.Module):
    def __init__(self, width, outputs):
        super().__init__()
        self.hidden = nn.Dense(width)
        self.readout = nn.Dense(outputs)

    def embed(self, x):
        return nn.relu(self.hidden(x))

    def __call__(self, x):
        return self.readout(self.embed(x))
