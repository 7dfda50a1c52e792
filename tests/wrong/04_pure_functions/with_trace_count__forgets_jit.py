"""Counts right, and compiles nothing."""
# diagnosis: traced-every-time


def with_trace_count(f):
    n = 0

    def g(*args):
        nonlocal n
        n += 1
        return f(*args)

    def count():
        return n

    return g, count
