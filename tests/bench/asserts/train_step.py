# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

rng = np.random.default_rng(5)
x, y = (jnp.asarray(rng.normal(size=(5, width)), jnp.float32) for width in (2, 1))


def loss_of(params):
    return jnp.mean((LinearModel().apply({"params": params}, x) - y) ** 2)


for tx in (optax.sgd(0.05), optax.sgd(0.05, momentum=0.9), optax.adam(0.1)):
    for run in (train_step, jax.jit(train_step)):
        params = {"Dense_0": {"kernel": jnp.array([[-0.5], [0.0]]), "bias": jnp.zeros(1)}}
        state, opt_state = TrainState.create(apply_fn=LinearModel().apply, params=params, tx=tx), tx.init(params)
        for number in range(3):
            state, (loss, predictions) = run(state, x, y)
            assert state.step == number + 1
            np.testing.assert_allclose(loss, loss_of(params), rtol=1e-4)
            expected = LinearModel().apply({"params": params}, x)
            np.testing.assert_allclose(predictions, expected, rtol=1e-3, atol=1e-5)
            updates, opt_state = tx.update(jax.grad(loss_of)(params), opt_state, params)
            params = optax.apply_updates(params, updates)
        for got, expected in ((state.params, params), (state.opt_state, opt_state)):
            jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-5), got, expected)
