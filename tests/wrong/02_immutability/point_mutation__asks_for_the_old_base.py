"""Asks with `if` whether anything changes at all."""
# diagnosis: python-if-on-tracer

import jax.numpy as jnp


def point_mutation(onehot, pos, base):
    old = jnp.argmax(onehot[pos])
    if old == base:
        return onehot
    return onehot.at[pos, old].set(0.0).at[pos, base].set(1.0)
