# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

calls = []


def fit(params, x, y):
    calls.append(x)
    predicted = x @ params["w"] + params["b"]
    return jnp.mean((predicted - y) ** 2), {"predicted": predicted, "largest": jnp.max(jnp.abs(predicted - y))}


rng = np.random.default_rng(74)
for rows in (5, 1):
    w, b = rng.normal(size=3).astype(np.float32), np.float32(rng.normal())
    x, y = rng.normal(size=(rows, 3)).astype(np.float32), rng.normal(size=rows).astype(np.float32)
    calls.clear()
    params = {"w": jnp.array(w), "b": jnp.array(b)}
    value, extras, grads = grad_with_extras(fit, params, jnp.array(x), jnp.array(y))
    assert len(calls) == 1
    errors = x @ w + b - y
    np.testing.assert_allclose(value, np.mean(errors**2), rtol=1e-4)
    np.testing.assert_allclose(extras["predicted"], errors + y, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(extras["largest"], np.abs(errors).max(), rtol=1e-4)
    np.testing.assert_allclose(grads["w"], 2 * errors @ x / rows, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(grads["b"], 2 * np.mean(errors), rtol=1e-3, atol=1e-4)
