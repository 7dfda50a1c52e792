"""Finds the places first, which have no fixed number."""
# diagnosis: size-needed

import jax.numpy as jnp


def expressed_mean(x, threshold):
    (places,) = jnp.where(x > threshold)
    return jnp.sum(x[places]) / max(len(places), 1)
