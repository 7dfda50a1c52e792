"""Takes the mean away, and does not divide."""
# diagnosis: step-left-out

import jax


def zscore_genes(counts):
    return jax.vmap(lambda reads: reads - reads.mean(), in_axes=1, out_axes=1)(counts)
