# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(10)
cases = [([0.0, 2.0, 6.0], 2.0, 2.0), ([[0.5, 1.0], [3.0, 8.0], [0.0, 20.0]], 1.5, 4.0), ([3.0, 6.0], 4.0, 3.0)]
cases += [(rng.uniform(0, 9, size=shape), *rng.uniform(0.5, 5, size=2).tolist()) for shape in ((23,), (4, 3), ())]
for numbers, n, k in cases:
    x = np.asarray(numbers, np.float32)
    got = hill(jnp.array(x), n, k)
    assert got.shape == x.shape and got.dtype == jnp.float32
    np.testing.assert_allclose(got, x**n / (k**n + x**n), rtol=1e-3)
