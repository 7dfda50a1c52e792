"""Returns the log, and keeps it in a name outside as well."""
# diagnosis: leaked-tracer

import jax.numpy as jnp

last_log = None


def norm_with_log(x):
    global last_log
    squares = x**2
    total = jnp.sum(squares)
    last_log = [squares, total]
    return jnp.sqrt(total), last_log
