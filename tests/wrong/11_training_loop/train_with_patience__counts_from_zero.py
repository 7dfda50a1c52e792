"""Counts the epochs from zero."""
# diagnosis: patience-off-by-one

from flax.training.early_stopping import EarlyStopping


def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    stopper = EarlyStopping(patience=patience)
    for epoch in range(max_epochs):
        state = train_epoch(state)
        stopper = stopper.update(evaluate(state))
        if stopper.has_improved:
            best_state = state
        if stopper.should_stop:
            break
    return best_state, stopper.best_metric, epoch
