# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(73)
for size, whole in ((4, True), (6, False), (1, False)):
    s = rng.integers(0, 20, size=size) if whole else rng.uniform(0.1, 20.0, size=size)
    v, vmax, km = rng.uniform(0.5, 9.0, size=size), rng.uniform(2.0, 9.0), rng.uniform(1.0, 6.0)
    back = 2 * (vmax * s / (km + s) - v)
    given = jnp.array(s, jnp.int32 if whole else jnp.float32), jnp.array(v, jnp.float32)
    for run in (enzyme_grad, jax.jit(enzyme_grad)):
        got = run(*given, {"Vmax": jnp.float32(vmax), "Km": jnp.float32(km)})
        assert set(got) == {"Vmax", "Km"}
        np.testing.assert_allclose(got["Vmax"], np.sum(back * s / (km + s)), rtol=1e-3, atol=1e-3)
        np.testing.assert_allclose(got["Km"], np.sum(-back * vmax * s / (km + s) ** 2), rtol=1e-3, atol=1e-3)
