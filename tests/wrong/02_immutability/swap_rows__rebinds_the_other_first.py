"""The same mistake, beginning at the other end."""
# diagnosis: one-step-lost


def swap_rows(x, i, j):
    new = x.at[j].set(x[i])
    return new.at[i].set(new[j])
