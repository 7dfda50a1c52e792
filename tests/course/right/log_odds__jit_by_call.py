"""Compiles a function with another name."""

import jax
import jax.numpy as jnp


def shares(counts, pseudocount):
    padded = counts + pseudocount
    return padded / jnp.sum(padded)


log_odds = jax.jit(lambda counts, pseudocount: jnp.log(shares(counts, pseudocount)) + jnp.log(len(counts)))
