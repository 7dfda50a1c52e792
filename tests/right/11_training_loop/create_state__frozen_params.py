"""Parameters in a FrozenDict, as older Flax had them."""

from flax.core import freeze
from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    variables = freeze(model.init({"params": key}, dummy))
    return TrainState.create(apply_fn=model.apply, params=variables["params"], tx=tx)
