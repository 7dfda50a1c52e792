"""Uses the sequence of the text instead of the argument."""
# diagnosis: read-from-outside

import jax
import jax.numpy as jnp

start_codon = jax.nn.one_hot(jnp.array([0, 3, 2]), 4)


def point_mutation(onehot, pos, base):
    return start_codon.at[pos].set(jax.nn.one_hot(base, 4))
