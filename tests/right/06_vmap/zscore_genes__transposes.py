"""Turns the table, maps over its rows, and turns it back."""

import jax
import jax.numpy as jnp


def zscore(reads):
    is_flat = jnp.all(reads == reads[0])
    filled = jnp.where(
        is_flat, jnp.arange(reads.shape[0], dtype=reads.dtype) + jnp.array([0.5] * reads.shape[0]), reads
    )
    safe_std = jnp.where(is_flat, 1.0, jnp.sqrt(jnp.where(is_flat, 1.0, jnp.var(filled))))
    return jnp.where(is_flat, 0.0, (reads - reads.mean()) / safe_std)


def zscore_genes(counts):
    return jax.vmap(zscore)(counts.T).T
