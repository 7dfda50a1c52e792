"""Stores all variables as parameters."""
# diagnosis: nested-params

from flax.training.train_state import TrainState


def create_state(key, model, dummy, tx):
    variables = model.init(key, dummy)
    return TrainState.create(apply_fn=model.apply, params=variables, tx=tx)
