# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

rng = np.random.default_rng(6)
x, y = (jnp.asarray(rng.normal(size=(6, width)), jnp.float32) for width in (3, 1))
variables = cell_model.init(jax.random.key(1), x, train=False)


def first_state():
    params, stats = variables["params"], variables["batch_stats"]
    return CellState.create(apply_fn=cell_model.apply, params=params, tx=optax.sgd(0.02, 0.9), batch_stats=stats)


def forward(params, state, key):
    all_variables = {"params": params, "batch_stats": state.batch_stats}
    predictions, changed = cell_model.apply(
        all_variables, x, train=True, rngs={"dropout": jax.random.fold_in(key, state.step)}, mutable=["batch_stats"]
    )
    return jnp.mean((predictions - y) ** 2), changed["batch_stats"]


for make_key in (jax.random.key, jax.random.PRNGKey):
    for run in (regularized_step, jax.jit(regularized_step)):
        key, state, right = make_key(2), first_state(), first_state()
        for number in range(3):
            state, loss = run(state, key, x, y)
            (expected, stats), grads = jax.value_and_grad(forward, has_aux=True)(right.params, right, key)
            right = right.apply_gradients(grads=grads, batch_stats=stats)
            np.testing.assert_allclose(loss, expected, rtol=1e-3)
            assert state.step == number + 1
        for got, wanted in (
            (state.params, right.params),
            (state.batch_stats, right.batch_stats),
            (state.opt_state, right.opt_state),
        ):
            jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-5), got, wanted)
