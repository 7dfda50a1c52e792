"""Keeps the one count at the top of the notebook."""
# diagnosis: state-shared

import jax

n_traces = 0


def with_trace_count(f):
    def traced(*args):
        global n_traces
        n_traces += 1
        return f(*args)

    start = n_traces
    return jax.jit(traced), lambda: n_traces - start
