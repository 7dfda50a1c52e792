"""Takes the base for the row and the place for the column."""
# diagnosis: axes-swapped


def point_mutation(onehot, pos, base):
    return onehot.at[base, pos].set(1.0)
