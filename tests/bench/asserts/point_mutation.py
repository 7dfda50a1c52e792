# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def mutated(onehot, pos, base):
    expected = np.array(onehot)
    expected[pos] = np.eye(4)[base]
    return expected


atg = jnp.array([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], jnp.float32)
for pos, base in ((1, 2), (2, 1), (0, 3), (2, 2)):
    got = point_mutation(atg, pos, base)
    assert got.dtype == jnp.float32
    np.testing.assert_array_equal(got, mutated(atg, pos, base))
    np.testing.assert_array_equal(jax.jit(point_mutation)(atg, pos, base), mutated(atg, pos, base))
gatta = jnp.array(np.eye(4)[[2, 0, 3, 3, 0]], jnp.float32)
for pos, base in ((0, 3), (4, 0)):
    np.testing.assert_array_equal(point_mutation(gatta, pos, base), mutated(gatta, pos, base))
rng = np.random.default_rng(6)
onehot = jnp.array(np.eye(4)[rng.integers(0, 4, size=61)], jnp.float32)
before = np.array(onehot)
for pos, base in ((0, 1), (60, 3), (int(rng.integers(4, 60)), 0)):
    np.testing.assert_array_equal(point_mutation(onehot, pos, base), mutated(before, pos, base))
    np.testing.assert_array_equal(jax.jit(point_mutation)(onehot, pos, base), mutated(before, pos, base))
np.testing.assert_array_equal(onehot, before)
np.testing.assert_array_equal(point_mutation(atg[:1], 0, 2), [[0, 0, 1, 0]])
