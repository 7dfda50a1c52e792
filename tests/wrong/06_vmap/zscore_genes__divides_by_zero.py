"""Forgets genes that do not vary."""
# diagnosis: not-finite

import jax


def zscore_genes(counts):
    def zscore(reads):
        return (reads - reads.mean()) / reads.std()

    return jax.vmap(zscore, in_axes=1, out_axes=1)(counts)
