"""A scan over the starts."""

import jax
import jax.numpy as jnp


def scan_motif(pwm, x):
    def step(carry, start):
        window = jax.lax.dynamic_slice(x, (start, 0), pwm.shape)
        return carry, (window * pwm).sum()

    _, scores = jax.lax.scan(step, 0, jnp.arange(x.shape[0] - pwm.shape[0] + 1))
    return scores
