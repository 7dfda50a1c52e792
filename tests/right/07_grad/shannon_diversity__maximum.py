"""Uses the larger of the share and a tiny number."""

from jax import numpy


def shannon_diversity(p):
    """H = - sum p log p"""
    q = numpy.maximum(p, 1e-9)
    return -numpy.dot(p, numpy.log(q))
