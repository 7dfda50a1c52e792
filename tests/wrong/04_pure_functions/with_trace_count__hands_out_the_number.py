"""Returns the number that the counter has at that time."""
# diagnosis: count-handed-out-early

import jax


def with_trace_count(f):
    traces = 0

    @jax.jit
    def g(*args):
        nonlocal traces
        traces += 1
        return f(*args)

    return g, traces
