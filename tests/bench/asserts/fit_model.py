# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

from dlfb_lab import data

calls = []


def plain_step(state, x, y):
    calls.append(1)
    loss, grads = jax.value_and_grad(lambda p: jnp.mean((state.apply_fn({"params": p}, x) - y) ** 2))(state.params)
    return state.apply_gradients(grads=grads), loss


def first_state():
    params = {"Dense_0": {"kernel": jnp.array([[-0.5220277]]), "bias": jnp.zeros(1)}}
    return TrainState.create(apply_fn=LinearModel().apply, params=params, tx=optax.adam(1.0))


book = [5.2768, 0.9498, 0.1091, 0.0845, 0.0283, 0.0258, 0.0106, 0.0105, 0.0106, 0.0102, 0.0101, 0.01, 0.01, 0.01, 0.01]
x, y = data.line_points()
for epochs in (1, 10, 11, 150):
    calls.clear()
    state, history = fit_model(plain_step, first_state(), x, y, epochs)
    assert len(calls) <= 2
    assert state.step == epochs
    assert [int(epoch) for epoch, _ in history] == list(range(0, epochs, 10))
    np.testing.assert_allclose([loss for _, loss in history], book[: len(history)], atol=1.2e-4)
np.testing.assert_allclose(state.params["Dense_0"]["kernel"], [[2.0279]], rtol=1e-3)
np.testing.assert_allclose(state.params["Dense_0"]["bias"], [1.0087], rtol=1e-3)
