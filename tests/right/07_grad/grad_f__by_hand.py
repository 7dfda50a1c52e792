"""Knows the rule from school, and writes it down for any length."""

def grad_f(x):
    return 2 * (x + 2) / x.size
