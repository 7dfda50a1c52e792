"""Counts in an array of JAX inside, and keeps a tracer."""
# diagnosis: leaked-tracer

import jax
import jax.numpy as jnp


def with_trace_count(f):
    traces = jnp.array(0)

    @jax.jit
    def g(*args):
        nonlocal traces
        traces = traces + 1
        return f(*args)

    return g, lambda: int(traces)
