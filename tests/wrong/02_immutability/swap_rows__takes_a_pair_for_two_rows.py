"""Names both rows in one pair of brackets, and that is one place."""
# diagnosis: entry-instead-of-row


def swap_rows(x, i, j):
    return x.at[i, j].set(x[j, i])
