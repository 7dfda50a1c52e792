"""Forgets the + 1."""
# diagnosis: last-window-missing

import jax
import jax.numpy as jnp


def scan_motif(pwm, x):
    k = pwm.shape[0]

    def score(start):
        return jnp.sum(pwm * jax.lax.dynamic_slice_in_dim(x, start, k))

    return jax.vmap(score)(jnp.arange(x.shape[0] - k))
