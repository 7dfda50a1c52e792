"""Trusts the function of the library."""
# diagnosis: log-slope-at-zero

import jax.scipy.special as special


def shannon_diversity(p):
    return special.entr(p).sum()
