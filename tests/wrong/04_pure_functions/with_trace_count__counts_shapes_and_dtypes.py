"""Counts the shapes and dtypes that came."""
# diagnosis: counted-without-trace

import jax
import jax.numpy as jnp


def with_trace_count(f):
    kinds = set()
    compiled = jax.jit(f)

    def g(*args):
        kinds.add(tuple((jnp.shape(arg), jnp.asarray(arg).dtype) for arg in args))
        return compiled(*args)

    def count():
        return len(kinds)

    return g, count
