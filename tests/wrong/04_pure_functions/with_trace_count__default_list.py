"""Notes the traces in a list of the `def` line, which all calls share."""
# diagnosis: default-shared

import jax


def with_trace_count(f, traces=[]):
    @jax.jit
    def g(*args):
        traces.append(1)
        return f(*args)

    return g, lambda: len(traces)
