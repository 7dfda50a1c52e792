"""Returns the state of the last epoch."""
# diagnosis: last-not-best

from flax.training.early_stopping import EarlyStopping


def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    stopper = EarlyStopping(patience=patience)
    for epoch in range(1, max_epochs + 1):
        state = train_epoch(state)
        stopper = stopper.update(evaluate(state))
        if stopper.should_stop:
            break
    return state, stopper.best_metric, epoch
