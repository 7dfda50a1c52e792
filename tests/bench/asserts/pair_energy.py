# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(77)
grid = rng.choice(64, size=6, replace=False)
tissue = np.stack([grid % 8, grid // 8], axis=1) * 0.5 + rng.uniform(-3, 3, size=2)
tissue = np.append(tissue, tissue[3:4], axis=0).astype(np.float32)
for cells in (np.array([[0, 0], [3, 4], [6, 8]], np.float32), tissue, tissue[:1]):
    steps = cells[:, None] - cells[None]
    lengths = np.linalg.norm(steps, axis=-1, keepdims=True)
    for run in (pair_energy, jax.jit(pair_energy)):
        np.testing.assert_allclose(run(jnp.array(cells)), lengths.sum() / 2, rtol=1e-3, atol=1e-3)
    pulls = np.asarray(jax.grad(pair_energy)(jnp.array(cells)))
    assert np.isfinite(pulls).all()
    np.testing.assert_allclose(pulls, np.sum(steps / np.where(lengths == 0, 1, lengths), axis=1), rtol=1e-3, atol=1e-3)
