"""Uses the optimizer's update and forgets its new state."""
# diagnosis: optimizer-state-lost

import jax
import jax.numpy as jnp
import optax


def train_step(state, x, y):
    def loss(params):
        return jnp.mean((state.apply_fn({"params": params}, x) - y) ** 2)

    updates, _ = state.tx.update(jax.grad(loss)(state.params), state.opt_state, state.params)
    return state.replace(step=state.step + 1, params=optax.apply_updates(state.params, updates))
