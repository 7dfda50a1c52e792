"""Forgets `nonlocal`."""
# diagnosis: local-without-value

import jax


def with_trace_count(f):
    traces = 0

    @jax.jit
    def g(*args):
        traces += 1
        return f(*args)

    def count():
        return traces

    return g, count
