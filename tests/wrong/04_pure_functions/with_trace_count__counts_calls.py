"""Counts around the compiled function, and so each call."""
# diagnosis: calls-counted

import jax


def with_trace_count(f):
    calls = 0
    compiled = jax.jit(f)

    def g(*args):
        nonlocal calls
        calls += 1
        return compiled(*args)

    return g, lambda: calls
