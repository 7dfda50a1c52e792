# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(79)
grid = rng.choice(125, size=6, replace=False)
codes = (2.0 * np.stack([grid % 5, grid // 5 % 5, grid // 25], axis=1) - 4.0).astype(np.float32)
z = (codes[rng.integers(0, 6, size=5)] + rng.uniform(-0.6, 0.6, size=(5, 3))).astype(np.float32)
for codebook in (codes, codes[:1]):
    nearest = codebook[np.sum((z[:, None] - codebook[None]) ** 2, axis=-1).argmin(axis=1)]
    for run in (straight_through, jax.jit(straight_through)):
        np.testing.assert_allclose(run(jnp.array(z), jnp.array(codebook)), nearest, rtol=1e-4, atol=1e-5)
for at in ((0, 1), (4, 2)):
    by_z, by_codes = jax.grad(lambda z, c, at=at: straight_through(z, c)[at], argnums=(0, 1))(
        jnp.array(z), jnp.array(codes)
    )
    right = np.zeros(z.shape)
    right[at] = 1
    np.testing.assert_allclose(by_z, right, atol=1e-6)
    np.testing.assert_allclose(by_codes, np.zeros(codes.shape), atol=1e-6)
