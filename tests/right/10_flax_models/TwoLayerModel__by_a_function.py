"""A function that returns a model of another class."""

from flax import linen as nn


class MLP(nn.Module):
    """Two layers."""

    sizes: tuple

    def setup(self):
        self.readout = nn.Dense(self.sizes[1])
        self.hidden = nn.Dense(self.sizes[0])

    def embed(self, x):
        h = self.hidden(x)
        return h * (h > 0)

    def __call__(self, x):
        h = self.embed(x)
        return self.readout(h)


def TwoLayerModel(width, outputs):
    return MLP(sizes=(width, outputs))
