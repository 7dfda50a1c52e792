# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)
for n, d in ((4, 3), (3, 3), (1, 1), (7, 2), (1, 4)):
    w, b = rng.normal(size=d).astype(np.float32), np.float32(rng.normal())
    x, y = rng.normal(size=(n, d)).astype(np.float32), rng.normal(size=n).astype(np.float32)
    along_b = 2 * (x @ w + b - y)
    params = {"w": jnp.array(w), "b": jnp.array(b)}
    for f in (per_sample_grads, jax.jit(per_sample_grads)):
        got = f(params, jnp.array(x), jnp.array(y))
        assert set(got) == {"w", "b"}
        np.testing.assert_allclose(got["w"], along_b[:, None] * x, rtol=1e-3, atol=1e-4)
        np.testing.assert_allclose(got["b"], along_b, rtol=1e-3, atol=1e-4)
