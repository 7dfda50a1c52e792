# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np


def squares(params, x, y):
    return (x @ params["layer"]["w"] + params["b"] - y) ** 2


rng = np.random.default_rng(75)
x, y = rng.normal(size=(5, 3)).astype(np.float32), rng.normal(size=5).astype(np.float32)
for lr, steps, copies in ((0.1, 1, 1), (0.05, 4, 1), (0.1, 0, 1), (0.1, 2, 2)):
    w, b = rng.normal(size=3).astype(np.float32), np.float32(rng.normal())
    params = {"layer": {"w": jnp.array(w)}, "b": jnp.array(b)}
    given = jnp.tile(jnp.array(x), (copies, 1)), jnp.tile(jnp.array(y), copies)
    got = gradient_descent(squares, params, *given, lr, steps)
    np.testing.assert_array_equal(params["layer"]["w"], w)
    np.testing.assert_array_equal(params["b"], b)
    for _ in range(steps):
        errors = x @ w + b - y
        w, b = w - lr * 2 * errors @ x / 5, b - lr * 2 * np.mean(errors)
    np.testing.assert_allclose(got["layer"]["w"], w, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(got["b"], b, rtol=1e-3, atol=1e-4)
