"""Returns the list outside, which grows from call to call."""
# diagnosis: remembers-calls

import jax.numpy as jnp

log = []


def norm_with_log(x):
    log.append(x**2)
    log.append(jnp.sum(x**2))
    return jnp.sqrt(jnp.sum(x**2)), log
