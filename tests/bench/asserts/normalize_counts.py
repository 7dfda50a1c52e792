# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np


def expected(genes, reads, kinds):
    place = np.where((genes >= 0) & (genes < kinds), genes, kinds)
    counts = np.bincount(place, reads - 1, minlength=kinds + 1)
    counts[0] = 0
    return counts / counts.sum()


for numbers, reads, right in (
    ([0, 1, 2], [7.0, 5.0, 13.0], [0, 0.25, 0.75, 0]),
    ([1, 2, 2, 2], [5.0, 5.0, 5.0, 5.0], [0, 0.25, 0.75, 0]),
    ([1, 98, 7], [5.0, 4.0, 2.0], [0, 0.5, 0, 0.5]),
    ([1, -2, -1, -50], [5.0, 3.0, 2.0, 2.0], [0, 0.5, 0, 0.5]),
    ([-1], [6.5], [0, 0, 0, 1]),
):
    np.testing.assert_allclose(normalize_counts(jnp.array(numbers), jnp.array(reads), 3), right, rtol=1e-5, atol=1e-6)
rng = np.random.default_rng(10)
for kinds in (8, 2):
    genes = rng.integers(-2 * kinds, 3 * kinds, size=61).astype(np.int32)
    reads = rng.integers(1, 50, size=61).astype(np.float32)
    genes_before, reads_before = genes.copy(), reads.copy()
    right = expected(genes, reads, kinds)
    for _ in range(2):
        np.testing.assert_allclose(normalize_counts(genes, reads, kinds), right, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(normalize_counts(jnp.array(genes), jnp.array(reads), kinds), right, rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(genes, genes_before)
    np.testing.assert_array_equal(reads, reads_before)
