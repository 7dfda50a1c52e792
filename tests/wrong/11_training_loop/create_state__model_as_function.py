"""Takes the model itself for the function that applies it."""
# diagnosis: params-not-wrapped

from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    params = model.init(key, dummy)["params"]
    return TrainState.create(apply_fn=model, params=params, tx=tx)
