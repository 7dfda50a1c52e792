"""Writes the way back by hand."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def straight_through(z, codebook):
    d = ((z[:, None] - codebook[None]) ** 2).sum(-1)
    return codebook[d.argmin(1)]


def forward(z, codebook):
    return straight_through(z, codebook), codebook


def backward(codebook, g):
    return g, jnp.zeros_like(codebook)


straight_through.defvjp(forward, backward)
