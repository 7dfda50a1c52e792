"""Calls `at` with round brackets."""
# diagnosis: at-not-a-call


def set_first(b, v):
    return b.at(0).set(v)
