# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def expected(x, alpha=1.67, lambda_=1.05):
    x = np.asarray(x, np.float64)
    return lambda_ * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


rng = np.random.default_rng(6)
arrays = [jnp.array([1.0, 0.0, -1.0]), jnp.array([[2.5, -3.0], [-0.25, 7.0]]), jnp.array([-2, 0, 3, 100])]
arrays += [jnp.array(rng.normal(scale=4, size=shape), jnp.float32) for shape in ((23,), (3, 5))]
for x in arrays:
    assert selu(x).dtype == jnp.float32
    for constants in ((), (3.0, 2.0)):
        np.testing.assert_allclose(selu(x, *constants), expected(x, *constants), rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(jax.jit(selu)(x, *constants), expected(x, *constants), rtol=1e-4, atol=1e-5)
np.testing.assert_allclose(selu(x, alpha=0.5), expected(x, alpha=0.5), rtol=1e-4, atol=1e-5)
np.testing.assert_allclose(selu(x, lambda_=4.0), expected(x, lambda_=4.0), rtol=1e-4, atol=1e-5)
for x in (2.0, -1.0, 100.0, -100.0, 450.0):
    value, slope = jax.value_and_grad(selu)(x)
    np.testing.assert_allclose(value, expected(x), rtol=1e-4)
    np.testing.assert_allclose(slope, 1.05 if x > 0 else 1.05 * 1.67 * np.exp(x), rtol=1e-4, atol=1e-6)
