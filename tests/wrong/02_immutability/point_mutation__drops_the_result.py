"""Makes the new sequence and returns the old one."""
# diagnosis: dropped-result

import jax


def point_mutation(onehot, pos, base):
    onehot.at[pos].set(jax.nn.one_hot(base, 4))
    return onehot
