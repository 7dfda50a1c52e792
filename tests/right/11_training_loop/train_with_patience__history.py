"""Keeps all states and losses, and looks for the best one in the end."""

import numpy as np
from flax.training.early_stopping import EarlyStopping


def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    stopper = EarlyStopping(min_delta=0.0, patience=patience)
    states, losses = [], []
    for _ in range(max_epochs):
        state = train_epoch(state)
        states.append(state)
        losses.append(evaluate(state))
        stopper = stopper.update(losses[-1])
        if stopper.should_stop:
            break
    best = int(np.argmin(losses))
    return states[best], losses[best], len(losses)
