"""Stops at the first epoch that is not better."""
# diagnosis: argument-ignored

def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    best_state, best_loss = state, float("inf")
    for epoch in range(1, max_epochs + 1):
        state = train_epoch(state)
        loss = evaluate(state)
        if loss >= best_loss:
            break
        best_state, best_loss = state, loss
    return best_state, best_loss, epoch
