# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)
tables = [[[1, 70], [3, 10], [1, 40], [3, 0], [2, 5]], [[1, 7, 0], [3, 7, 0], [1, 7, 0], [4, 7, 0]], [[12, 0, 3]]]
for rows in (*tables, rng.integers(0, 1000, size=(9, 4)), rng.integers(0, 1000, size=(5, 5))):
    counts = np.array(rows, np.float32)
    spread = counts.std(axis=0)
    right = (counts - counts.mean(axis=0)) / np.where(spread > 0, spread, 1)
    for f in (zscore_genes, jax.jit(zscore_genes)):
        np.testing.assert_allclose(f(jnp.array(counts)), right, rtol=1e-3, atol=1e-3)
flat = jnp.array(tables[1], jnp.float32)
for place in ((0, 0), (2, 1)):
    assert np.isfinite(jax.grad(lambda counts, place=place: zscore_genes(counts)[place])(flat)).all()
