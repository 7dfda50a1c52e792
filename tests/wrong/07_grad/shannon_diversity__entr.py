"""Trusts the function of the library."""
# diagnosis: slope-not-finite

import jax.scipy.special as special


def shannon_diversity(p):
    return special.entr(p).sum()
