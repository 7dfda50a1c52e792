"""Writes the new 1 and then removes the old one, which may be the same."""
# diagnosis: new-value-missing

import jax.numpy as jnp


def point_mutation(onehot, pos, base):
    old = jnp.argmax(onehot[pos])
    return onehot.at[pos, base].set(1.0).at[pos, old].set(0.0)
