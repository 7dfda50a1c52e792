# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest


def first_state(tx, columns):
    params = {"Dense_0": {"kernel": jnp.full((columns, 1), -0.5), "bias": jnp.zeros(1)}}
    return TrainState.create(apply_fn=LinearModel().apply, params=params, tx=tx)


def data_of(key):
    return np.asarray(jax.random.key_data(key))


for make_key in (jax.random.key, jax.random.PRNGKey):
    for tx, columns in ((optax.adam(0.1), 1), (optax.sgd(0.1, momentum=0.9), 3)):
        settings = {"rate": 0.1, "model": "line", "width": columns}
        state, key = first_state(tx, columns), make_key(68)
        for slope in (0.5, -0.25):
            state = state.apply_gradients(grads=jax.tree.map(lambda leaf, s=slope: 0 * leaf + s, state.params))
        saved = Checkpoint(settings).save(state, key)
        assert type(saved) is bytes
        same = Checkpoint(dict(reversed(settings.items())))
        got, got_key = same.load(saved, first_state(tx, columns), make_key(0))
        assert got_key.dtype == key.dtype and (data_of(got_key) == data_of(key)).all()
        for _ in range(2):
            assert got.step == state.step
            jax.tree.map(np.testing.assert_array_equal, got.params, state.params)
            jax.tree.map(np.testing.assert_array_equal, got.opt_state, state.opt_state)
            got, state = (one.apply_gradients(grads=jax.tree.map(jnp.ones_like, one.params)) for one in (got, state))
        for other in ({**settings, "rate": 0.2}, {**settings, "seed": 1}, {"rate": 0.1, "model": "line"}):
            with pytest.raises(ValueError):
                Checkpoint(other).load(saved, first_state(tx, columns), make_key(0))
