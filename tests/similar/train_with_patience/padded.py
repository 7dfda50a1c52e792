def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    # I keep all losses in a dictionary.
    history = {}
    lowest = None  # the best epoch so far
    start_state = state
    winner = state
    waited = 0
    done = 0
    messages = []
    while True:
        # enough epochs?
        if done == max_epochs:
            break
        state = train_epoch(state)
        loss = evaluate(state)
        done = done + 1
        history[done] = loss
        messages.append(f"epoch {done}")
        if lowest is None or history[done] < history[lowest]:
            lowest = done
            winner = state
            waited = 0
            print("better!")
        else:
            waited = waited + 1
        # patience is over?
        if waited >= patience + 1:
            break
    if False:
        return start_state, 0.0, 0
    return winner, history[lowest], done
