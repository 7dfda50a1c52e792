"""Counts the shapes that came, and takes no notice of dtypes."""
# diagnosis: counted-without-trace

import jax
import jax.numpy as jnp


def with_trace_count(f):
    shapes = set()
    compiled = jax.jit(f)

    def g(*args):
        shapes.add(tuple(jnp.shape(arg) for arg in args))
        return compiled(*args)

    return g, lambda: len(shapes)
