"""Hands the length in as a static number."""
# diagnosis: compiled-for-each-length

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="n")
def mean_of_n(x, mask, n):
    return jnp.sum(jnp.where(mask, x, 0.0)) / max(n, 1)


def padded_mean(x, mask):
    return mean_of_n(x, mask, int(mask.sum()))
