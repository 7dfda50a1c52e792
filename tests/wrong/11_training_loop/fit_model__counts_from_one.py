"""Counts the epochs from one."""
# diagnosis: every-epoch-recorded

import jax


def fit_model(step, state, x, y, epochs):
    step = jax.jit(step)
    history = []
    for epoch in range(1, epochs + 1):
        state, loss = step(state, x, y)
        if epoch % 10 == 0:
            history.append((epoch, float(loss)))
    return state, history
