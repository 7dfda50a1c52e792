# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

np.testing.assert_allclose(set_first(jnp.array([12, 0, 7, 3, 5]), 100), [100, 0, 7, 3, 5])
rng = np.random.default_rng(1)
for length in (7, 1, 23):
    b = jnp.array(rng.normal(size=length), jnp.float32)
    v = float(rng.integers(10, 99))
    np.testing.assert_allclose(set_first(b, v), [v, *np.asarray(b)[1:]], rtol=1e-5)
for dtype in ("int8", "int16", "float16", "float32"):
    numbers = rng.integers(1, 50, size=5)
    got = set_first(jnp.array(numbers, dtype), 77)
    np.testing.assert_allclose(got, [77, *numbers[1:]])
    assert got.dtype == dtype
