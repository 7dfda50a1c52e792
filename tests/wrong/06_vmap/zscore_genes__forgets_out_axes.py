"""Goes along the columns, and leaves them as rows."""
# diagnosis: batch-axis-elsewhere

import jax
import jax.numpy as jnp


def zscore_genes(counts):
    def zscore(reads):
        centered = reads - reads.mean()
        variance = jnp.mean(centered**2)
        varies = reads.max() > reads.min()
        return jnp.where(varies, centered / jnp.sqrt(jnp.where(varies, variance, 1.0)), 0.0)

    return jax.vmap(zscore, in_axes=1)(counts)
