# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

for numbers in (jnp.arange(1, 8), jnp.array([0.5, -2.0]), jnp.array([[1, 20, 300], [5, 5, 0]]), jnp.zeros((1, 4))):
    got = add_two_vmap(numbers)
    assert got.dtype == numbers.dtype
    np.testing.assert_allclose(got, np.asarray(numbers) + 2)
for numbers in ([1, 2, 3, 4, 5, 6, 7], [-40]):
    got = add_two_vmap(numbers)
    assert got.dtype == jnp.int32
    np.testing.assert_array_equal(got, np.array(numbers) + 2)
np.testing.assert_array_equal(jax.jit(add_two_vmap)(jnp.array([4, 0, -2])), [6, 2, 0])
lengths = [len(jax.make_jaxpr(add_two_vmap)(jnp.zeros(n)).eqns) for n in (4, 16)]
assert lengths[1] - lengths[0] < 12
