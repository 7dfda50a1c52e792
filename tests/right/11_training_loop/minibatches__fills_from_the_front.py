"""Fills up with rows from the front of the order, as remainders do."""

import jax
import jax.numpy as jnp


def one_epoch(key, x, y, size):
    n = len(x)
    order = jax.random.permutation(key, jnp.arange(n))
    places = jnp.arange(0, (n + size - 1) // size * size)
    rows, weights = order[places % n], jnp.where(places < n, 1.0, 0.0)
    for start in places[::size]:
        part = slice(int(start), int(start) + size)
        yield [x[rows[part]], y[rows[part]], weights[part]]


def minibatches(key, x, y, size, epochs):
    for epoch_key in jax.random.split(key, epochs):
        yield from one_epoch(epoch_key, x, y, size)
