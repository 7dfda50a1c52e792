# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

np.testing.assert_allclose(grad_f(jnp.array([0.0, 1.0, 2.0])), [4 / 3, 2, 8 / 3], rtol=1e-5)
rng = np.random.default_rng(71)
for length in (1, 2, 7, 31):
    x = rng.normal(scale=3.0, size=length).astype(np.float32)
    for run in (grad_f, jax.jit(grad_f)):
        np.testing.assert_allclose(run(jnp.array(x)), 2 * (x + 2) / length, rtol=1e-4)
