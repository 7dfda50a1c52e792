# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(7)
for inputs, width, outputs in ((3, 5, 2), (1, 3, 2), (6, 1, 1), (2, 9, 4)):
    model = TwoLayerModel(width=width, outputs=outputs)
    x = rng.normal(size=(5, inputs))
    params = model.init(jax.random.key(1), jnp.float32(x))["params"]
    shapes = jax.tree.map(lambda leaf: leaf.shape, params)
    assert shapes == {
        "hidden": {"kernel": (inputs, width), "bias": (width,)},
        "readout": {"kernel": (width, outputs), "bias": (outputs,)},
    }
    numbers = jax.tree.map(lambda leaf: jnp.float32(rng.normal(size=leaf.shape)), params)
    hidden = np.maximum(x @ numbers["hidden"]["kernel"] + numbers["hidden"]["bias"], 0)
    right = hidden @ numbers["readout"]["kernel"] + numbers["readout"]["bias"]
    got = model.apply({"params": numbers}, jnp.float32(x))
    np.testing.assert_allclose(got, right, rtol=1e-4, atol=1e-4)
    got = model.apply({"params": numbers}, jnp.float32(x), method="embed")
    np.testing.assert_allclose(got, hidden, rtol=1e-4, atol=1e-4)
