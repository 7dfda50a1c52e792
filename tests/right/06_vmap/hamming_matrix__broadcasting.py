"""Compares all with all by two new axes."""


def hamming_matrix(seqs):
    return (seqs[:, None, :] != seqs[None, :, :]).sum(axis=-1)
