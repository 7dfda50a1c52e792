# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)
for k, n, d, m in ((3, 2, 4, 5), (3, 3, 3, 3), (1, 2, 3, 1), (5, 5, 2, 3)):
    x = jnp.array(rng.normal(size=(n, d)), jnp.float32)
    for make_key in (jax.random.key, jax.random.PRNGKey):
        root = make_key(int(rng.integers(2**31)))
        w_key, b_key = jax.random.split(root)
        w, b = jax.random.normal(w_key, (k, d, m)), jax.random.normal(b_key, (k, m))
        for f in (random_ensemble, jax.jit(random_ensemble, static_argnums=(2, 3))):
            np.testing.assert_allclose(f(root, x, k, m), x @ w + b[:, None], rtol=1e-4, atol=1e-5)
