# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(15)
for length in (3, 1, 7, 40):
    x = rng.normal(size=length).astype(np.float32)
    right = np.mean((x + 2) ** 2 + 3)
    for run in (short_f, jax.jit(short_f)):
        got = run(jnp.array(x))
        assert got.shape == ()
        assert got.dtype == jnp.float32
        np.testing.assert_allclose(got, right, rtol=1e-5)
    np.testing.assert_allclose(jax.grad(short_f)(jnp.array(x)), 2 * (x + 2) / length, rtol=1e-4)
