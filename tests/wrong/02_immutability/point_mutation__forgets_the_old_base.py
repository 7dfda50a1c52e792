"""Sets the new 1 and leaves the old one standing."""
# diagnosis: old-value-kept


def point_mutation(onehot, pos, base):
    return onehot.at[pos, base].set(1.0)
