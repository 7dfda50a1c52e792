"""Records the last epoch as well."""
# diagnosis: every-epoch-recorded

import jax


def fit_model(step, state, x, y, epochs):
    step = jax.jit(step)
    history = []
    for epoch in range(epochs):
        state, loss = step(state, x, y)
        if epoch % 10 == 0 or epoch == epochs - 1:
            history.append((epoch, float(loss)))
    return state, history
