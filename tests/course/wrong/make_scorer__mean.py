"""Takes the mean instead of the sum."""
# diagnosis: wrong-value


def make_scorer(weights):
    def score(onehot):
        return (weights * onehot).mean()

    return score
