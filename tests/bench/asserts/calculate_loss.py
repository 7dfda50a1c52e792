# ruff: noqa: F821
import functools

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import data


def line(kernel, bias):
    return {"Dense_0": {"kernel": jnp.asarray(kernel, jnp.float32), "bias": jnp.asarray([bias], jnp.float32)}}


points_x, points_y = data.line_points()
np.testing.assert_allclose(
    calculate_loss(line([[-0.5220277]], 0.0), LinearModel().apply, points_x, points_y), 5.2768, rtol=1e-4
)
rng = np.random.default_rng(3)
for n, columns in ((5, 1), (1, 1), (23, 3)):
    x, y = (jnp.asarray(rng.normal(size=(n, width)), jnp.float32) for width in (columns, 1))
    params = line(rng.normal(size=(columns, 1)), rng.normal())
    right = np.mean((np.asarray(x @ params["Dense_0"]["kernel"] + params["Dense_0"]["bias"]) - np.asarray(y)) ** 2)
    of_params = functools.partial(calculate_loss, apply_fn=LinearModel().apply, x=x)
    for labels in (y, y[:, 0]):
        got = calculate_loss(params, LinearModel().apply, x, labels)
        assert got.shape == () and got.dtype == jnp.float32
        np.testing.assert_allclose(got, right, rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(jax.jit(of_params)(params, y=labels), right, rtol=1e-4, atol=1e-6)
    bias = params["Dense_0"]["bias"]
    slope = jax.grad(of_params)(params, y=y)["Dense_0"]["bias"]
    np.testing.assert_allclose(
        slope, 2 * np.mean(np.asarray(x @ params["Dense_0"]["kernel"] + bias) - np.asarray(y)), rtol=1e-3, atol=1e-5
    )
