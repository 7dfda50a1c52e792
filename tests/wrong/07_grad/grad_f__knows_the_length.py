"""Reads the rule off the example, with its length."""
# diagnosis: wrong-value


def grad_f(x):
    return 2 / 3 * (x + 2)
