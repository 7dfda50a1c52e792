# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

for make_key in (jax.random.key, jax.random.PRNGKey):
    state = create_state(make_key(42), LinearModel(), jnp.ones((1, 1)), optax.sgd(0.5))
    assert state.step == 0
    assert set(state.params) == {"Dense_0"}
    np.testing.assert_allclose(state.params["Dense_0"]["kernel"], [[-0.5220277]], rtol=1e-5)
    np.testing.assert_array_equal(state.params["Dense_0"]["bias"], [0.0])
x = jnp.array([[0.0], [0.5], [3.0]])
line = {"Dense_0": {"kernel": jnp.array([[2.0]]), "bias": jnp.array([1.0])}}
np.testing.assert_allclose(state.apply_fn({"params": line}, x), 2 * x + 1, rtol=1e-5)
after = state.apply_gradients(grads=jax.tree.map(jnp.ones_like, state.params))
np.testing.assert_allclose(after.params["Dense_0"]["kernel"], [[-1.0220277]], rtol=1e-5)
for columns in (3, 5):
    key, dummy, tx = jax.random.key(columns), jnp.ones((1, columns)), optax.adam(0.1)
    state, params = create_state(key, LinearModel(), dummy, tx), LinearModel().init(key, dummy)["params"]
    jax.tree.map(np.testing.assert_array_equal, state.params, params)
    jax.tree.map(np.testing.assert_array_equal, state.opt_state, tx.init(params))
