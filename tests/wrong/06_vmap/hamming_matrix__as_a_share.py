"""Takes the mean instead of the sum."""
# diagnosis: wrong-value


def hamming_matrix(seqs):
    return (seqs[:, None] != seqs[None]).mean(axis=2)
