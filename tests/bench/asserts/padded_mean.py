# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(11)
cases = [([1.0, 2.0, 6.0, 0.0, 0.0], [1, 1, 1, 0, 0]), ([9.0, 4.0, 9.0, 7.0, 1.0], [0, 1, 0, 1, 1])]
cases += [([3.0, 4.0, 8.0, np.nan, np.nan], [1, 1, 1, 0, 0]), ([6.0, 0.0], [1, 0]), ([0.0, np.nan], [0, 0])]
for real, padding in ((9, 0.0), (5, -400.0), (17, np.nan)):
    mask = rng.permutation(np.arange(23) < real)
    cases.append((np.where(mask, rng.normal(3, 2, size=23), padding), mask))
for numbers, truth in cases:
    x, mask = jnp.array(numbers, jnp.float32), jnp.array(truth, bool)
    real = np.asarray(x)[np.asarray(mask)]
    right = real.mean() if len(real) else 0.0
    np.testing.assert_allclose(padded_mean(x, mask), right, rtol=1e-4)
    with jax.disable_jit():
        np.testing.assert_allclose(padded_mean(x, mask), right, rtol=1e-4)
    np.testing.assert_allclose(jax.grad(padded_mean)(x, mask), np.asarray(mask) / max(len(real), 1), rtol=1e-4)
