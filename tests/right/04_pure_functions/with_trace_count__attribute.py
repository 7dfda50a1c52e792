"""The count is an attribute of the inner function; the pair is a list."""

import jax


def with_trace_count(f):
    def counted(*args):
        counted.n = counted.n + 1
        return f(*args)

    counted.n = 0

    def count():
        return counted.n

    return [jax.jit(counted), count]
