"""Uses Python's own print."""
# diagnosis: printed-while-tracing


def reported_step(n, rate):
    grown = n + rate * n
    print("cells:", grown)
    return grown
