"""Clears the row in one array, and sets the 1 in another."""
# diagnosis: old-value-kept


def point_mutation(onehot, pos, base):
    cleared = onehot.at[pos].set(0.0)
    mutated = onehot.at[pos, base].set(1.0)
    return mutated
