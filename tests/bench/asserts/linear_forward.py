# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)
for m, n, d in ((4, 2, 3), (3, 3, 2), (3, 3, 3), (1, 1, 1), (20, 5, 2), (4, 1, 5), (5, 2, 5)):
    w, x = rng.normal(size=(m, d)).astype(np.float32), rng.normal(size=(n, d)).astype(np.float32)
    for f in (linear_forward, jax.jit(linear_forward)):
        np.testing.assert_allclose(f(jnp.array(w), jnp.array(x)), x @ w.T, rtol=1e-4, atol=1e-5)
