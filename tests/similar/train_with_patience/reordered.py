def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    """Stop when it gets no better."""
    done = 0
    waited = 0
    winner = state
    lowest = None
    history = {}
    while True:
        if done == max_epochs:
            break
        done = done + 1
        state = train_epoch(state)
        loss = evaluate(state)
        history[done] = loss
        if lowest is None or history[done] < history[lowest]:
            waited = 0
            winner = state
            lowest = done
        else:
            waited = waited + 1
        if waited >= patience + 1:
            break
    return winner, history[lowest], done
