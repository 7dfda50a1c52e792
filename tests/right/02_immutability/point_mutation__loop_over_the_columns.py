"""Sets the four numbers of the row one after the other."""

import jax.numpy as jnp


def point_mutation(onehot, pos, base):
    new = onehot
    for column in range(4):
        new = new.at[pos, column].set(jnp.where(column == base, 1.0, 0.0))
    return new
