"""Starts a window at every base; those that stick out are moved back."""
# diagnosis: wrong-shape

import jax
import jax.numpy as jnp


def scan_motif(pwm, x):
    def score(start):
        return jnp.sum(pwm * jax.lax.dynamic_slice_in_dim(x, start, pwm.shape[0]))

    return jax.vmap(score)(jnp.arange(x.shape[0]))
