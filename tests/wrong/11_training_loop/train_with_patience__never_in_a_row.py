"""Counts all bad epochs, not those in a row."""
# diagnosis: not-in-a-row

def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    best_loss, best_state, bad = float("inf"), state, 0
    for epoch in range(1, max_epochs + 1):
        state = train_epoch(state)
        loss = evaluate(state)
        if loss < best_loss:
            best_loss, best_state = loss, state
        else:
            bad += 1
        if bad > patience:
            break
    return best_state, best_loss, epoch
