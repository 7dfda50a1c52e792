# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)


def draw(*shape):
    return jnp.array(rng.normal(size=shape), jnp.float32)


for n, d, h in ((4, 2, 3), (3, 3, 3), (2, 2, 2), (1, 2, 3), (5, 5, 2)):
    params = {"hidden": {"w": draw(d, h), "b": draw(h)}, "out": {"w": draw(h), "b": draw()}}
    x = draw(n, d)
    hidden = np.maximum(x @ params["hidden"]["w"] + params["hidden"]["b"], 0)
    right = hidden @ params["out"]["w"] + params["out"]["b"]
    for got in (predict_batch(params, x), predict_batch(X=x, params=params), jax.jit(predict_batch)(params, x)):
        assert got.shape == (n,)
        np.testing.assert_allclose(got, right, rtol=1e-4, atol=1e-5)
