"""Takes the loss with a factor of 1/2."""
# diagnosis: loss-halved

import optax


def calculate_loss(params, apply_fn, x, y):
    predictions = apply_fn({"params": params}, x)
    return optax.l2_loss(predictions, y.reshape(predictions.shape)).mean()
