"""Compares each epoch with the one before it."""
# diagnosis: compared-with-the-last


def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    last_loss, best_state, best_loss, waited = float("inf"), state, float("inf"), 0
    for epoch in range(1, max_epochs + 1):
        state = train_epoch(state)
        loss = evaluate(state)
        if loss < last_loss:
            best_state, best_loss, waited = state, loss, 0
        else:
            waited += 1
        last_loss = loss
        if waited > patience:
            break
    return best_state, best_loss, epoch
