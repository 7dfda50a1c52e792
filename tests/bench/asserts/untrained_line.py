# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def line_of(key, x):
    params, predictions = untrained_line(key, x)
    assert list(params) == ["Dense_0"]
    kernel, bias = params["Dense_0"]["kernel"], params["Dense_0"]["bias"]
    assert kernel.shape == (x.shape[1], 1) and bias.shape == (1,) and (bias == 0).all()
    np.testing.assert_allclose(predictions, np.asarray(x) @ kernel + bias, rtol=1e-4, atol=1e-5)
    return np.asarray(kernel)


for make_key in (jax.random.key, jax.random.PRNGKey):
    np.testing.assert_allclose(line_of(make_key(42), jnp.array([[0.5], [1.0], [-2.0]])), [[-0.5220277]], rtol=1e-5)
rng = np.random.default_rng(6)
for shape in ((6, 1), (3, 5), (1, 2)):
    x = jnp.float32(rng.normal(size=shape))
    one, again, other = (line_of(jax.random.key(n), data) for n, data in ((1, x), (1, 2 * x), (2, x)))
    assert (one == again).all() and (one != other).all()
