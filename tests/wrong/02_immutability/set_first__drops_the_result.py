"""Makes the new array and returns the old one."""
# diagnosis: dropped-result


def set_first(b, v):
    b.at[0].set(v)
    return b
