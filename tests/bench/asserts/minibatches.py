# ruff: noqa: F821
import itertools

import jax
import jax.numpy as jnp
import numpy as np


def numbered(n):
    number = jnp.arange(float(n))[:, None]
    return jnp.hstack([number, -number]), 10 * number


def epochs_of(key, n, size, epochs):
    per_epoch = -(-n // size)
    batches = list(itertools.islice(minibatches(key, *numbered(n), size, epochs), per_epoch * epochs + 1))
    assert len(batches) == per_epoch * epochs
    orders = []
    for start in range(0, len(batches), per_epoch):
        for x, y, weights in batches[start : start + per_epoch]:
            assert x.shape == (size, 2) and y.shape == (size, 1) and weights.shape == (size,)
            assert np.isfinite(x).all() and np.isfinite(y).all()
        x, y, weights = (
            np.concatenate([np.asarray(b[i]) for b in batches[start : start + per_epoch]]) for i in range(3)
        )
        assert set(weights.tolist()) <= {0.0, 1.0}
        rows = x[weights == 1, 0]
        assert sorted(rows.tolist()) == list(range(n))
        np.testing.assert_array_equal(y[weights == 1, 0], 10 * rows)
        np.testing.assert_array_equal(x[weights == 1, 1], -rows)
        orders.append(tuple(rows.astype(int).tolist()))
    return orders


for make_key in (jax.random.key, jax.random.PRNGKey):
    for n, size in ((7, 3), (3, 8), (6, 3), (1, 1), (4, 1)):
        epochs_of(make_key(n), n, size, 2)
    one, again, other = (epochs_of(make_key(seed), 16, 4, 3) for seed in (5, 5, 6))
    assert one == again and one != other
    assert len(set(one)) == 3 and tuple(range(16)) not in one
first = np.zeros(3)
for seed in (7, 8, 9):
    for order in epochs_of(jax.random.key(seed), 3, 3, 40):
        first[order[0]] += 1
assert (abs(first / 120 - 1 / 3) < 5 * np.sqrt(2 / 9 / 120)).all()
