"""The share of differing places, times their number: a float."""
# diagnosis: wrong-dtype


def hamming_matrix(seqs):
    L = seqs.shape[1]
    return (seqs[:, None] != seqs[None, :]).mean(-1) * L
