"""Returns the state alone."""
# diagnosis: wrong-kind

import jax


def fit_model(step, state, x, y, epochs):
    step = jax.jit(step)
    for epoch in range(epochs):
        state, loss = step(state, x, y)
        if epoch % 10 == 0:
            print(epoch, float(loss))
    return state
