# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(9)
arrays = [jnp.array([1, 2, 100]), jnp.array([4, 0, 1, 9, 3]), jnp.array([0.5, 2.5, 1.5, 7.5])]
arrays += [jnp.array(rng.normal(size=length), jnp.float32) for length in (8, 23, 1)]
for x in arrays:
    for method, right in (("mean", np.asarray(x).mean()), ("median", np.median(np.asarray(x)))):
        got = summarize(method, x)
        assert got.shape == () and got.dtype == jnp.float32
        np.testing.assert_allclose(got, right, rtol=1e-4, atol=1e-6)
for word in ("mode", "Mean", "", "max"):
    try:
        summarize(word, arrays[0])
    except ValueError:
        continue
    raise AssertionError(f"{word!r} should raise a ValueError")
