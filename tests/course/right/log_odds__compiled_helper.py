"""A plain function around a compiled one."""

import jax
import jax.numpy as jnp


@jax.jit
def _compiled(counts, pseudocount):
    padded = counts + pseudocount
    return jnp.log(padded / padded.sum() * counts.size)


def log_odds(counts, pseudocount):
    return _compiled(counts, pseudocount)
