"""A list of NumPy arrays; fills up with copies of the last row."""

import jax
import numpy as np


def minibatches(key, x, y, size, epochs):
    x, y = np.asarray(x), np.asarray(y)
    batches = []
    for epoch in range(epochs):
        order = np.asarray(jax.random.permutation(jax.random.fold_in(key, epoch), x.shape[0]))
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            weights = np.zeros(size, np.float32)
            weights[: len(rows)] = 1.0
            rows = np.concatenate([rows, np.repeat(rows[-1:], size - len(rows))])
            batches.append((x[rows], y[rows], weights))
    return batches
