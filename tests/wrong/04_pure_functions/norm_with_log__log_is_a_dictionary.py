"""Gives the steps names."""
# diagnosis: log-of-another-form

import jax.numpy as jnp


def norm_with_log(x):
    log = {"squares": x**2, "total": jnp.sum(x**2)}
    return jnp.sqrt(log["total"]), log
