def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    best_state = None
    best_loss = jnp.inf
    epochs = 0
    not_better = 0
    while epochs < max_epochs and not_better <= patience:
        state = train_epoch(state)
        val_loss = evaluate(state)
        epochs += 1
        if val_loss < best_loss:
            best_loss = val_loss
            best_state = state
            not_better = 0
        else:
            not_better += 1
    return best_state, best_loss, epochs
