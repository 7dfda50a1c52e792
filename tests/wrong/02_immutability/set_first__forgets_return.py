"""Makes the new array and returns nothing."""
# diagnosis: dropped-result


def set_first(b, v):
    b.at[0].set(v)
