"""Takes the mean of x."""
# diagnosis: mean-too-early


def short_f(x):
    return (x.mean() + 2) ** 2 + 3
