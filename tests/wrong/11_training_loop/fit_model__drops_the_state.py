"""Gives the new state another name and goes on with the old one."""
# diagnosis: state-unchanged

import jax


def fit_model(step, state, x, y, epochs):
    step = jax.jit(step)
    history = []
    for epoch in range(epochs):
        new_state, loss = step(state, x, y)
        if epoch % 10 == 0:
            history.append((epoch, float(loss)))
    return state, history
