# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

calls = []


def counted_loss(params, apply_fn, x, y):
    calls.append(1)
    return 3 * jnp.mean((apply_fn({"params": params}, x) - y) ** 2)


rng = np.random.default_rng(4)
x, y = (jnp.asarray(rng.normal(size=(6, width)), jnp.float32) for width in (2, 1))
for tx in (optax.sgd(0.05), optax.sgd(0.05, momentum=0.9), optax.adam(0.1)):
    params = {"Dense_0": {"kernel": jnp.array([[-0.5], [0.0]]), "bias": jnp.zeros(1)}}
    state = start = TrainState.create(apply_fn=LinearModel().apply, params=params, tx=tx)
    opt_state = tx.init(params)
    step = make_train_step(counted_loss)
    calls.clear()
    losses = []
    for _ in range(3):
        state, loss = step(state, x, y)
        losses.append(loss)
    assert len(calls) == 1
    for got in losses:
        value, grads = jax.value_and_grad(counted_loss)(params, LinearModel().apply, x, y)
        np.testing.assert_allclose(got, value, rtol=1e-4)
        updates, opt_state = tx.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
    for got, expected in ((state.params, params), (state.opt_state, opt_state)):
        jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-5), got, expected)
    assert state.step == 3 and start.step == 0
    assert start.params["Dense_0"]["kernel"][0, 0] == -0.5
