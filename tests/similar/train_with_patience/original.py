def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    """Stop when it gets no better."""
    history = {}
    lowest = None
    winner = state
    waited = 0
    done = 0
    while True:
        if done == max_epochs:
            break
        state = train_epoch(state)
        loss = evaluate(state)
        done = done + 1
        history[done] = loss
        if lowest is None or history[done] < history[lowest]:
            lowest = done
            winner = state
            waited = 0
        else:
            waited = waited + 1
        if waited >= patience + 1:
            break
    return winner, history[lowest], done
