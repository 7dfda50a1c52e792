# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(10)


def drawn(filters, width, x):
    model = MotifCNN(filters=filters, width=width)
    params = model.init(jax.random.key(1), x)["params"]
    params = jax.tree.map(lambda leaf: jnp.float32(rng.normal(size=leaf.shape)), params)
    arrays = {leaf.shape: np.asarray(leaf) for leaf in jax.tree.leaves(params)}
    shapes = [(width, 4, filters), (filters,), (filters, 1), (1,)]
    assert len(jax.tree.leaves(params)) == 4 and set(arrays) == set(shapes)
    return model, params, [arrays[shape] for shape in shapes]


def expect(model, params, arrays, x):
    kernel, bias, dense, last = arrays
    windows = [x[:, at : at + len(kernel)] for at in range(x.shape[1] - len(kernel) + 1)]
    found = np.maximum([np.tensordot(window, kernel, 2) + bias for window in windows], 0)
    got = model.apply({"params": params}, x)
    np.testing.assert_allclose(got, found.max(axis=0) @ dense + last, rtol=1e-4, atol=1e-4)
    return got


def sequences(n, length):
    return jnp.float32(np.eye(4)[rng.integers(0, 4, size=(n, length))])


for filters, width, length in ((6, 5, 13), (3, 4, 8), (7, 1, 4)):
    model, params, arrays = drawn(filters, width, sequences(2, length))
    for other in (length, width, length + 9):
        expect(model, params, arrays, sequences(2, other))
moved = np.zeros((3, 20, 4), np.float32)
word = sequences(1, 7)[0]
for row, place in enumerate((4, 6, 9)):
    moved[row, place : place + 7] = word
got = expect(*drawn(6, 4, jnp.array(moved)), jnp.array(moved))
np.testing.assert_allclose(got, np.repeat(got[:1], 3, axis=0), rtol=1e-4, atol=1e-5)
