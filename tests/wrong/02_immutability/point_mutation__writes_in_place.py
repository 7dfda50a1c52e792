"""Writes into the row, as in NumPy."""
# diagnosis: item-assignment


def point_mutation(onehot, pos, base):
    onehot[pos] = 0
    onehot[pos, base] = 1
    return onehot
