"""Keeps the cleared row, and not the second step."""
# diagnosis: dropped-result


def point_mutation(onehot, pos, base):
    new = onehot.at[pos].set(0.0)
    new.at[pos, base].set(1.0)
    return new
