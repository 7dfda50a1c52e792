"""Takes `np.asarray` for a copy, and writes into the window on a JAX array."""
# diagnosis: read-only-array

import jax.numpy as jnp
import numpy as np


def normalize_counts(genes, reads, G):
    own = np.asarray(reads)
    own -= 1.0
    place = jnp.where((genes >= 0) & (genes < G), genes, G)
    counts = jnp.zeros(G + 1).at[place].add(own).at[0].set(0.0)
    return counts / counts.sum()
