"""Makes a model with numbers of its own."""
# diagnosis: numbers-not-copied

from flax import nnx


class TwoLayerTwin(nnx.Module):
    def __init__(self, inputs, width, outputs, *, rngs):
        self.hidden = nnx.Linear(inputs, width, rngs=rngs)
        self.readout = nnx.Linear(width, outputs, rngs=rngs)

    def __call__(self, x):
        return self.readout(nnx.relu(self.hidden(x)))


def nnx_twin(params):
    inputs, width = params["hidden"]["kernel"].shape
    return TwoLayerTwin(inputs, width, params["readout"]["kernel"].shape[1], rngs=nnx.Rngs(0))
