# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(76)
for there, absent in ((4, 0), (5, 3), (1, 4), (1, 0)):
    p = np.append(rng.uniform(0.1, 1.0, size=there), np.zeros(absent))
    p = rng.permutation(p / p.sum()).astype(np.float32)
    right = -np.sum(p[p > 0] * np.log(p[p > 0]))
    for run in (shannon_diversity, jax.jit(shannon_diversity)):
        assert np.shape(run(jnp.array(p))) == ()
        np.testing.assert_allclose(run(jnp.array(p)), right, rtol=1e-3, atol=1e-3)
    slopes = np.asarray(jax.grad(shannon_diversity)(jnp.array(p)))
    assert np.isfinite(slopes).all()
    np.testing.assert_allclose(slopes[p > 0], -np.log(p[p > 0]) - 1, rtol=1e-3, atol=1e-3)
