# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)
for n, d, m in ((4, 2, 3), (1, 2, 3), (3, 2, 1), (3, 2, 3), (3, 3, 3), (10, 4, 3), (3, 6, 6)):
    x, w, b = (rng.normal(size=shape).astype(np.float32) for shape in ((n, d), (d, m), (m,)))
    for f in (linear_by_hand, jax.jit(linear_by_hand)):
        np.testing.assert_allclose(f(jnp.array(x), jnp.array(w), jnp.array(b)), x @ w + b, rtol=1e-4, atol=1e-5)
