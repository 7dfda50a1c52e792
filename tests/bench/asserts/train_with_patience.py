# ruff: noqa: F821
trained = []


def next_epoch(state):
    trained.append(1)
    assert len(trained) <= 200
    return {"epoch": state["epoch"] + 1}


def run(losses, patience, max_epochs):
    trained.clear()
    return train_with_patience(
        next_epoch, lambda state: losses[min(state["epoch"], len(losses)) - 1], {"epoch": 0}, patience, max_epochs
    )


for losses, patience, max_epochs, best_epoch, epochs in (
    ([1.0, 0.8, 0.9, 0.85, 0.95, 0.7], 2, 50, 2, 5),
    ([1.0, 1.1, 1.2], 0, 50, 1, 2),
    ([1.0, 1.1, 0.9, 1.0, 0.8, 0.9, 0.7], 1, 6, 5, 6),
    ([0.5, 0.9, 0.5, 0.5, 0.6, 0.4], 2, 50, 1, 4),
    ([0.9, 0.8, 0.7, 0.6], 3, 4, 4, 4),
    ([0.9], 0, 1, 1, 1),
):
    best_state, best_loss, trained_epochs = run(losses, patience, max_epochs)
    assert trained_epochs == epochs == len(trained)
    assert best_state["epoch"] == best_epoch
    assert best_loss == losses[best_epoch - 1]
