"""Does not compile."""
# diagnosis: not-compiled


def hill(x, n, k):
    return x**n / (k**n + x**n)
