"""Maps weights and biases, too."""
# diagnosis: inconsistent-batch

import jax


def simple_linear(x, W, b):
    return W.T @ x + b


def linear_by_hand(X, W, b):
    return jax.vmap(simple_linear)(X, W, b)
