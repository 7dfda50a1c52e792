"""Sets the number of the base where a one-hot row should be."""
# diagnosis: number-fills-row


def point_mutation(onehot, pos, base):
    return onehot.at[pos].set(base)
