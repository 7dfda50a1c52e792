"""Makes a Python number of the result."""
# diagnosis: concrete-value-in-jit


def short_f(x):
    return float(((x + 2) ** 2 + 3).mean())
