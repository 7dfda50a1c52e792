"""Returns the compiled function, and keeps the count to itself."""
# diagnosis: part-missing

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

    return g
