"""Lets the layers start with the numbers."""

from flax import nnx


class TwoLayerTwin(nnx.Module):
    def __init__(self, params, rngs):
        self.hidden = self.layer(params["hidden"], rngs)
        self.readout = self.layer(params["readout"], rngs)

    @staticmethod
    def layer(numbers, rngs):
        m, n = numbers["kernel"].shape
        return nnx.Linear(
            m,
            n,
            kernel_init=lambda key, shape, dtype: numbers["kernel"],
            bias_init=lambda key, shape, dtype: numbers["bias"],
            rngs=rngs,
        )

    def __call__(self, x):
        return self.readout(nnx.relu(self.hidden(x)))


def nnx_twin(params):
    return TwoLayerTwin(params, rngs=nnx.Rngs(params=1))
