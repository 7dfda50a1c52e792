"""Returns the number, and forgets the report."""
# diagnosis: nothing-printed


def reported_step(n, rate):
    return n + rate * n
