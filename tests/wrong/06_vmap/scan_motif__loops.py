"""Goes from window to window in a list comprehension."""
# diagnosis: grows-with-data

import jax.numpy as jnp


def scan_motif(pwm, x):
    k = pwm.shape[0]
    return jnp.array([jnp.sum(pwm * x[i : i + k]) for i in range(x.shape[0] - k + 1)])
