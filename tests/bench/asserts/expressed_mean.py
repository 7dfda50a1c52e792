# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(8)
cases = [([0.0, 12.0, 3.0, 30.0, 8.0], 5.0), ([4.0, 1.0, 2.0], 3.0), ([6.0], 2.5), ([5.0, 9.0, 5.0, 11.0], 5.0)]
cases += [([-3.0, 0.0, 2.0, -1.0, -7.0], -3.0), ([0.0, 3.0, 30.0], 30.0)]
cases += [(rng.integers(-20, 60, size=length).tolist(), 11.0) for length in (23, 2, 41)]
for numbers, threshold in cases:
    x = jnp.array(numbers, jnp.float32)
    over = np.asarray(x)[np.asarray(x) > threshold]
    right = over.mean() if len(over) else 0.0
    np.testing.assert_allclose(expressed_mean(x, threshold), right, rtol=1e-4)
    np.testing.assert_allclose(jax.jit(expressed_mean)(x, threshold), right, rtol=1e-4)
