"""Makes a compiled function in each epoch."""
# diagnosis: jit-made-anew

import jax


def fit_model(step, state, x, y, epochs):
    history = []
    for epoch in range(epochs):
        train_step = jax.jit(lambda s, x, y: step(s, x, y))
        state, loss = train_step(state, x, y)
        if epoch % 10 == 0:
            history.append((epoch, float(loss)))
    return state, history
