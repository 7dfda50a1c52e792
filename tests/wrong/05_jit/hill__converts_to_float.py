"""Asks for plain numbers inside the compiled function."""
# diagnosis: concrete-value-in-jit

import jax


@jax.jit
def hill(x, n, k):
    n, k = float(n), float(k)
    return x**n / (k**n + x**n)
