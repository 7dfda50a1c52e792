"""Returns the result of `update`, which is None."""
# diagnosis: nothing-returned

from flax import nnx


class TwoLayerTwin(nnx.Module):
    def __init__(self, inputs, width, outputs, *, rngs):
        self.hidden = nnx.Linear(inputs, width, rngs=rngs)
        self.readout = nnx.Linear(width, outputs, rngs=rngs)

    def __call__(self, x):
        return self.readout(nnx.relu(self.hidden(x)))


def nnx_twin(params):
    inputs, width = params["hidden"]["kernel"].shape
    twin = TwoLayerTwin(inputs, width, params["readout"]["kernel"].shape[1], rngs=nnx.Rngs(0))
    return nnx.update(twin, params)
