"""Adds up one place of the motif after the other."""

import jax.numpy as jnp


def scan_motif(pwm, x):
    k = len(pwm)
    n = len(x) - k + 1
    total = jnp.zeros(n)
    for i in range(k):
        total += x[i : i + n] @ pwm[i]
    return total
