"""Slices from a start that is a placeholder."""
# diagnosis: traced-shape

import jax
import jax.numpy as jnp


def scan_motif(pwm, x):
    k = pwm.shape[0]

    def score(start):
        return jnp.sum(pwm * x[start : start + k])

    return jax.vmap(score)(jnp.arange(x.shape[0] - k + 1))
