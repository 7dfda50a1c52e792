"""Notes the steps in its own list, and keeps that to itself."""
# diagnosis: part-missing

import jax.numpy as jnp


def norm_with_log(x):
    log = [x**2]
    log.append(jnp.sum(log[0]))
    return jnp.sqrt(log[1])
