"""Takes Adam, whatever optimizer comes in."""
# diagnosis: argument-ignored

import optax
from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    params = model.init(key, dummy)["params"]
    return TrainState.create(apply_fn=model.apply, params=params, tx=optax.adam(1.0))
