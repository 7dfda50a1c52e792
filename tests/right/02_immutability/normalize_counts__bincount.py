"""Lets `bincount` add up."""

import jax.numpy as jnp


def normalize_counts(genes, reads, G):
    genes, own = jnp.asarray(genes), jnp.asarray(reads) - 1
    genes = jnp.where(genes < 0, G, jnp.clip(genes, 0, G))
    counts = jnp.bincount(genes, weights=own, length=G + 1)
    counts = jnp.where(jnp.arange(G + 1) == 0, 0, counts)
    return counts / jnp.sum(counts)
