"""Counts itself."""

def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    best_loss, best_state, bad = float("inf"), None, 0
    for epoch in range(1, max_epochs + 1):
        state = train_epoch(state)
        loss = evaluate(state)
        print(f"epoch {epoch}: {loss:.3f}")
        if loss < best_loss:
            best_loss, best_state, bad = loss, state, 0
        else:
            bad += 1
            if bad > patience:
                return best_state, best_loss, epoch
    return best_state, best_loss, max_epochs
