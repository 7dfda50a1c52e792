"""A list in the closure, functools.wraps, and a lambda."""

import functools

import jax


def with_trace_count(f):
    traces = [0]

    @functools.wraps(f)
    def traced(*args, **kwargs):
        traces[0] += 1
        return f(*args, **kwargs)

    return jax.jit(traced), lambda: traces[0]
