def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    losses = []
    best_loss, best_state, best_epoch = None, None, 0
    for epoch in range(max_epochs):
        state = train_epoch(state)
        losses.append(evaluate(state))
        if best_loss is None or losses[-1] < best_loss:
            best_loss = losses[-1]
            best_state = state
            best_epoch = epoch
        if epoch - best_epoch > patience:
            break
    return best_state, best_loss, len(losses)
