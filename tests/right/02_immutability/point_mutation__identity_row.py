"""Takes the new row out of the identity matrix, inside a function that is compiled already."""

import jax
import jax.numpy as jnp


@jax.jit
def point_mutation(seq: jax.Array, where: int, letter: int) -> jax.Array:
    rows = jnp.eye(4)
    print("mutating", seq.shape)
    return seq.at[where].set(rows[letter])
