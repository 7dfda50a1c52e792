"""Clears the row, then sets the one place, one after the other."""


def point_mutation(onehot, pos, base):
    return onehot.at[pos].set(0).at[pos, base].set(1)
