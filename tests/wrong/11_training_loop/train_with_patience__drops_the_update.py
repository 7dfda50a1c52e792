"""Throws the updated stopper away."""
# diagnosis: dropped-update

from flax.training.early_stopping import EarlyStopping


def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    stopper = EarlyStopping(patience=patience)
    best_state, best_loss, epochs = state, float("inf"), 0
    for epochs in range(1, max_epochs + 1):
        state = train_epoch(state)
        loss = evaluate(state)
        stopper.update(loss)
        if loss < best_loss:
            best_state, best_loss = state, loss
        if stopper.should_stop:
            break
    return best_state, best_loss, epochs
