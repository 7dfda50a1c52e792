# ruff: noqa: F821
import jax
import numpy as np


def histories(key, p0, copies, generations, populations):
    got = drift_replicates(key, p0, copies, generations, populations)
    assert got.shape == (populations, generations + 1)
    got = np.asarray(got)
    np.testing.assert_allclose(got[:, 0], p0, rtol=1e-5)
    np.testing.assert_allclose(copies * got[:, 1:], np.round(copies * got[:, 1:]), atol=1e-3)
    assert (got >= 0).all() and (got <= 1 + 1e-6).all()
    return got


histories(jax.random.key(1), 0.25, 4, 3, 5)
for p0 in (0.0, 1.0):
    np.testing.assert_allclose(histories(jax.random.key(2), p0, 4, 3, 5), np.full((5, 4), p0))
small = histories(jax.random.key(3), 0.5, 2, 8, 60)
assert not (np.isin(small[:, :-1], (0, 1)) & (small[:, 1:] != small[:, :-1])).any()
assert np.isin(small[:, -1], (0, 1)).mean() > 0.8
for make_key in (jax.random.key, jax.random.PRNGKey):
    one, again, other = (histories(make_key(seed), 0.5, 10, 5, 200) for seed in (4, 4, 5))
    assert (one == again).all() and (one != other).any() and len(np.unique(one, axis=0)) > 50
shares = histories(jax.random.key(6), 0.4, 10, 5, 200)
for t in (1, 5):
    variance = 0.4 * 0.6 * (1 - 0.9**t)
    assert abs(shares[:, t].mean() - 0.4) < 5 * np.sqrt(variance / 200)
    assert abs(shares[:, t].var() / variance - 1) < 5 * np.sqrt(2 / 200)
steps = np.diff(shares, axis=1)
for products in (steps[:-1, 0] * steps[1:, 0], steps[:, 0] * steps[:, 1]):
    assert abs(products.mean()) < 5 * products.std() / np.sqrt(len(products))
