# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

calls = []


def quadratic(w):
    calls.append(w)
    return jnp.sum((w - 2) ** 2)


def fit(params, x, y, *weights):
    calls.append(x)
    squares = (x @ params["w"] + params["b"] - y) ** 2
    for weight in weights:
        squares = weight * squares
    return jnp.mean(squares)


value, grads = loss_and_grad(quadratic, jnp.array([1.0, 3.5, -2.0]))
np.testing.assert_allclose(value, 19.25, rtol=1e-5)
np.testing.assert_allclose(grads, [-2, 3, -8], rtol=1e-5)
assert len(calls) == 1
rng = np.random.default_rng(72)
for weighted in (False, True):
    w, b = rng.normal(size=3).astype(np.float32), np.float32(rng.normal())
    x, y = rng.normal(size=(5, 3)).astype(np.float32), rng.normal(size=5).astype(np.float32)
    weight = rng.uniform(0.1, 2.0, size=5).astype(np.float32)
    data = (x, y, weight) if weighted else (x, y)
    calls.clear()
    value, grads = loss_and_grad(fit, {"w": jnp.array(w), "b": jnp.array(b)}, *map(jnp.array, data))
    assert len(calls) == 1
    errors, scale = x @ w + b - y, weight if weighted else 1.0
    np.testing.assert_allclose(value, np.mean(scale * errors**2), rtol=1e-4)
    np.testing.assert_allclose(grads["w"], 2 * (scale * errors) @ x / 5, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(grads["b"], 2 * np.mean(scale * errors), rtol=1e-3, atol=1e-4)
