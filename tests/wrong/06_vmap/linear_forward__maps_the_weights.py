"""Maps over the units and shares the samples."""
# diagnosis: batch-axis-elsewhere

import jax


def linear_forward(W, X):
    return jax.vmap(lambda w: X @ w)(W)
