# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def expected(idx, kinds):
    idx = np.asarray(idx)
    return np.bincount(np.where((idx >= 0) & (idx < kinds), idx, kinds), minlength=kinds + 1)


for numbers in ([2, 0, 3, 1], [0, 0, 3, 1], [0, 4, 5, 99], [0, -1, -2, -50], [1, 1, 0, 3]):
    got = kmer_counts(jnp.array(numbers), 4)
    assert got.dtype == jnp.int32
    np.testing.assert_array_equal(got, expected(numbers, 4))
for numbers in ([1, 1, 0, 2], [2], []):
    idx = jnp.array(numbers, dtype=jnp.int32)
    np.testing.assert_array_equal(kmer_counts(idx, 3), expected(idx, 3))
inside = jax.jit(kmer_counts, static_argnums=(1,))
np.testing.assert_array_equal(inside(jnp.array([1, 5, -1, 1]), 4), [0, 2, 0, 0, 2])
rng = np.random.default_rng(2)
for kinds in (16, 1):
    idx = jnp.array(rng.integers(-3 * kinds, 4 * kinds, size=61), jnp.int32)
    np.testing.assert_array_equal(kmer_counts(idx, kinds), expected(idx, kinds))
idx = jnp.array([*rng.integers(0, 16, size=57), 2**31 - 1, -(2**31), 16, -1], jnp.int32)
np.testing.assert_array_equal(kmer_counts(idx, 16), expected(idx, 16))
idx = jnp.array(rng.integers(-20, 40, size=61), jnp.int32)
np.testing.assert_array_equal(inside(idx, 16), expected(idx, 16))
np.testing.assert_array_equal(kmer_counts(jnp.zeros(0, jnp.int32), 16), [0] * 17)
