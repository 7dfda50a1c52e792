"""Makes and compiles a new function in each call."""
# diagnosis: traced-every-time

import jax


def with_trace_count(f):
    traces = [0]

    def g(*args):
        def counted(*inner):
            traces[0] += 1
            return f(*inner)

        return jax.jit(counted)(*args)

    return g, lambda: traces[0]
