"""Masks one read, and maps over all of them."""

import jax
import jax.numpy as jnp


def mask_one(read, quality, limit):
    return jnp.where(quality >= limit, read, 4)


def mask_reads(bases, phred, q):
    return jax.vmap(mask_one, in_axes=(0, 0, None))(bases, phred, q)
