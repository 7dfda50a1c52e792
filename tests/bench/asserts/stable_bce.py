# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(78)
for shape, scale in (((9,), 4.0), ((4, 3), 30.0), ((), 4.0)):
    z = np.asarray(rng.choice([-1, 1], size=shape) * rng.uniform(0.1, scale, size=shape), np.float32)
    y = np.asarray(rng.integers(0, 2, size=shape), np.float32)
    right = np.logaddexp(0.0, np.float64(z)) - np.float64(y) * np.float64(z)
    for run in (stable_bce, jax.jit(stable_bce)):
        assert np.shape(run(jnp.array(z), jnp.array(y))) == shape
        np.testing.assert_allclose(run(jnp.array(z), jnp.array(y)), right, rtol=1e-4, atol=1e-5)
for z, y in ((20.0, 0.0), (-20.0, 1.0), (50.0, 0.0), (-50.0, 1.0), (88.0, 0.0), (50.0, 1.0), (-50.0, 0.0)):
    value, slope = jax.value_and_grad(stable_bce)(jnp.float32(z), jnp.float32(y))
    np.testing.assert_allclose(value, np.logaddexp(0.0, z) - y * z, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(slope, 1 / (1 + np.exp(-z)) - y, rtol=1e-3, atol=1e-5)
