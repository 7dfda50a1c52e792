# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def order_of(key, cells, ids):
    rows, labels = shuffle_pairs(key, jnp.array(cells), jnp.array(ids))
    assert rows.shape == cells.shape and labels.shape == ids.shape
    assert rows.dtype == cells.dtype and labels.dtype == ids.dtype
    order = [int(np.argmax(ids == label)) for label in np.asarray(labels)]
    assert sorted(order) == list(range(len(ids)))
    np.testing.assert_array_equal(labels, ids[order])
    np.testing.assert_array_equal(rows, cells[order])
    return order


rng = np.random.default_rng(8)
for n, d, dtypes in ((12, 3, "fi"), (17, 4, "Bf"), (1, 2, "bi")):
    cells = np.arange(n * d).reshape(n, d).astype(dtypes[0])
    ids = rng.permutation(n).astype(dtypes[1])
    order_of(jax.random.key(int(rng.integers(10_000))), cells, ids)
cells, ids = np.arange(66, dtype=np.float32).reshape(33, 2), np.arange(33, dtype=np.int32)
for make_key in (jax.random.key, jax.random.PRNGKey):
    one, again, other = (order_of(make_key(n), cells, ids) for n in (4, 4, 5))
    assert one == again != other
six = np.arange(6, dtype=np.int32)
orders = np.array([order_of(jax.random.key(int(n)), six[:, None], six) for n in rng.integers(2**31, size=200)])
assert len(np.unique(orders, axis=0)) > 140
for place in range(6):
    assert (np.abs(np.bincount(orders[:, place], minlength=6) - 200 / 6) < 5 * np.sqrt(200 * 5 / 36)).all()
