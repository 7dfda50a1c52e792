"""One correlation for each base."""

import jax
import jax.numpy as jnp


def scan_motif(pwm, x):
    def of_base(weights, ones):
        return jnp.correlate(ones, weights, mode="valid")

    return jax.vmap(of_base, in_axes=(1, 1))(pwm, x).sum(axis=0)
