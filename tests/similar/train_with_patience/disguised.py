def train_with_patience(step_fn, loss_fn, current_state, max_wait, limit):
    """My early stopping loop."""
    verbose = 0
    steps = 0
    bad_epochs = 0
    top = current_state
    top_at = None
    all_losses = {}
    while True:
        if steps == limit:
            break  # the end
        steps += 1
        current_state = step_fn(current_state)
        value = loss_fn(current_state)
        all_losses[steps] = value
        if top_at is None or all_losses[steps] < all_losses[top_at]:
            bad_epochs = 0
            top = current_state
            top_at = steps
        else:
            bad_epochs += 1
        if bad_epochs >= max_wait + 1:
            print("stopped", verbose)
            break
    return top, all_losses[top_at], steps
