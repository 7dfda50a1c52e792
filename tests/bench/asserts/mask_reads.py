# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

got = mask_reads(jnp.array([[0, 1, 2, 3]]), jnp.array([[38, 12, 20, 19]]), 20)
assert got.dtype == jnp.int32
np.testing.assert_array_equal(got, [[0, 4, 2, 4]])
rng = np.random.default_rng(7)
for q in (17, 30, 1, 99):
    bases = rng.integers(0, 4, size=(5, 9)).astype(np.int32)
    phred = rng.integers(0, 42, size=(5, 9)).astype(np.int32)
    phred[rng.integers(0, 5, size=6), rng.integers(0, 9, size=6)] = q
    bases_before, phred_before = bases.copy(), phred.copy()
    expected = np.where(phred < q, 4, bases)
    np.testing.assert_array_equal(mask_reads(bases, phred, q), expected)
    np.testing.assert_array_equal(bases, bases_before)
    np.testing.assert_array_equal(phred, phred_before)
    got = mask_reads(jnp.array(bases), jnp.array(phred), q)
    assert got.dtype == jnp.int32
    np.testing.assert_array_equal(got, expected)
    np.testing.assert_array_equal(jax.jit(mask_reads)(bases, phred, q), expected)
