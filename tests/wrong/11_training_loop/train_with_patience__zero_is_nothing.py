"""Asks whether there is a best loss by its truth value."""
# diagnosis: zero-as-nothing


def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    best_loss, best_state, waited = None, state, 0
    for epoch in range(1, max_epochs + 1):
        state = train_epoch(state)
        loss = evaluate(state)
        if not best_loss or loss < best_loss:
            best_loss, best_state, waited = loss, state, 0
        else:
            waited += 1
            if waited > patience:
                break
    return best_state, best_loss, epoch
