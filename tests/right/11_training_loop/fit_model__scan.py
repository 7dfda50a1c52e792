"""The whole training as one program."""

import jax
import jax.numpy as jnp


def fit_model(step, state, x, y, epochs):
    @jax.jit
    def run(state):
        def body(state, _):
            return step(state, x, y)

        return jax.lax.scan(body, state, None, length=epochs)

    state, losses = run(state.replace(step=jnp.asarray(state.step)))
    return state, [(epoch, losses[epoch]) for epoch in range(0, epochs, 10)]
