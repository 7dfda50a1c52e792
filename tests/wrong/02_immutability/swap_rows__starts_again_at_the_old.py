"""Lets the second step begin at the old array as well."""
# diagnosis: one-step-lost


def swap_rows(x, i, j):
    y = x.at[i].set(x[j])
    y = x.at[j].set(x[i])
    return y
