# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

rng = np.random.default_rng(12)
for inputs, width, outputs in ((3, 4, 2), (2, 1, 3), (5, 8, 1)):
    sizes = (("hidden", (inputs, width)), ("readout", (width, outputs)))
    params = {
        name: {"kernel": jnp.float32(rng.normal(size=shape)), "bias": jnp.float32(rng.normal(size=shape[1]))}
        for name, shape in sizes
    }
    x = jnp.float32(rng.normal(size=(6, inputs)))
    twin = nnx_twin(params)
    hidden = jax.nn.relu(x @ params["hidden"]["kernel"] + params["hidden"]["bias"])
    right = hidden @ params["readout"]["kernel"] + params["readout"]["bias"]
    np.testing.assert_allclose(twin(x), right, rtol=1e-4, atol=1e-4)
    assert isinstance(twin, nnx.Module)
    for name, _ in sizes:
        for part in ("kernel", "bias"):
            np.testing.assert_allclose(getattr(getattr(twin, name), part)[...], params[name][part])
