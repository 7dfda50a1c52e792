# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def expected(t):
    if not 10 < t < 35:
        return 0.0, 0.0
    root = np.sqrt(35 - t)
    return 0.0002 * t * (t - 10) * root, 0.0002 * ((2 * t - 10) * root - t * (t - 10) / (2 * root))


temperatures = [28.0, 11.5, 20.0, 34.25, 25.0, 4.0, 40.0, 70.0, -20.0]
temperatures += [float(np.float32(t)) for t in np.random.default_rng(7).uniform(-50, 80, size=8)]
for t in [*temperatures, 10.0, 35.0]:
    np.testing.assert_allclose(growth_by_temperature(t), expected(t)[0], rtol=1e-3, atol=1e-6)
    np.testing.assert_allclose(jax.jit(growth_by_temperature)(jnp.float32(t)), expected(t)[0], rtol=1e-3, atol=1e-6)
many = jax.vmap(growth_by_temperature)(jnp.array(temperatures))
np.testing.assert_allclose(many, [expected(t)[0] for t in temperatures], rtol=1e-3, atol=1e-6)
for t in temperatures:
    np.testing.assert_allclose(jax.grad(growth_by_temperature)(t), expected(t)[1], rtol=1e-3, atol=1e-5)
