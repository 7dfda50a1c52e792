"""Fills the data up before it is cut."""

import jax
import jax.numpy as jnp


def minibatches(key, X, Y, batch_size, num_epochs):
    n = X.shape[0]
    n_batches = -(-n // batch_size)
    total = n_batches * batch_size
    mask = (jnp.arange(total) < n).astype(jnp.float32)
    for _ in range(num_epochs):
        key, sub = jax.random.split(key)
        perm = jax.random.permutation(sub, n)
        x = jnp.zeros((total, X.shape[1])).at[:n].set(X[perm])
        y = jnp.zeros((total, 1)).at[:n].set(Y[perm])
        for i in range(n_batches):
            part = slice(i * batch_size, (i + 1) * batch_size)
            yield x[part], y[part], mask[part]
