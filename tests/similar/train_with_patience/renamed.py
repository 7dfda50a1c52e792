def train_with_patience(train, val, s, p, n):
    losses = {}
    best_epoch = None
    best = s
    no_progress = 0
    epoch = 0
    while True:
        if epoch == n:
            break
        s = train(s)
        current = val(s)
        epoch = epoch + 1
        losses[epoch] = current
        if best_epoch is None or losses[epoch] < losses[best_epoch]:
            best_epoch = epoch
            best = s
            no_progress = 0
        else:
            no_progress = no_progress + 1
        if no_progress >= p + 1:
            break
    return best, losses[best_epoch], epoch
