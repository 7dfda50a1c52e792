"""A list in the `def` line, which is made once."""
# diagnosis: remembers-calls

import jax.numpy as jnp


def norm_with_log(x, log=[]):
    squares = x**2
    log.append(squares)
    total = jnp.sum(squares)
    log.append(total)
    return jnp.sqrt(total), log
