# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(8)
functions = {name: getattr(jax.nn, name) for name in ("relu", "sigmoid", "tanh", "gelu", "softmax")}
jitted = jax.jit(activate, static_argnums=0)
for shape in ((9,), (4, 5), (3, 3), (2, 3, 4)):
    x = jnp.float32(rng.normal(size=shape) * 3)
    for name, function in functions.items():
        got = activate(name, x)
        assert got.dtype == jnp.float32 and got.shape == shape
        np.testing.assert_allclose(got, function(x), rtol=1e-4, atol=2e-3)
        np.testing.assert_allclose(jitted(name, x), function(x), rtol=1e-4, atol=2e-3)
far = jnp.array([[1000.0, 999.0, 0.0], [-1000.0, -999.0, -1000.0], [90.0, -90.0, 200.0]])
for name, function in functions.items():
    np.testing.assert_allclose(activate(name, far), function(far), rtol=1e-3, atol=1e-3)
