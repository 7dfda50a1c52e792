"""Forgets to compile."""
# diagnosis: traced-every-time

def fit_model(step, state, x, y, epochs):
    history = []
    for epoch in range(epochs):
        state, loss = step(state, x, y)
        if epoch % 10 == 0:
            history.append((epoch, float(loss)))
    return state, history
