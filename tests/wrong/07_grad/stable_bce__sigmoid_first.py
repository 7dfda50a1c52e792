"""Makes probabilities first, and gives them to a loss of logits."""
# diagnosis: sigmoid-twice

import jax
import optax


def stable_bce(z, y):
    q = jax.nn.sigmoid(z)
    return optax.sigmoid_binary_cross_entropy(q, y)
