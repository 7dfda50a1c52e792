"""Hands the count out first."""
# diagnosis: pair-swapped

import jax


def with_trace_count(f):
    n = 0

    @jax.jit
    def g(*args):
        nonlocal n
        n += 1
        return f(*args)

    def count():
        return n

    return count, g
