# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)
for n, length in ((4, 3), (3, 3), (1, 4), (5, 1), (11, 6), (7, 7)):
    seqs = rng.integers(0, 4, size=(n, length)).astype(np.int32)
    right = (seqs[:, None] != seqs[None]).sum(axis=2)
    for got in (hamming_matrix(jnp.array(seqs)), jax.jit(hamming_matrix)(jnp.array(seqs))):
        assert got.dtype == jnp.int32
        np.testing.assert_array_equal(got, right)
lengths = [len(jax.make_jaxpr(hamming_matrix)(jnp.zeros((n, 3), jnp.int32)).eqns) for n in (4, 16)]
assert lengths[1] - lengths[0] < 12
