"""Makes one draw from all four bases, whose chances depend on the old base."""

import jax
import jax.numpy as jnp


@jax.jit
def mutate_seqs(key, seqs, rate):
    stays = jax.nn.one_hot(seqs, 4)
    chances = stays * (1 - rate) + (1 - stays) * rate / 3
    return jax.random.categorical(key, jnp.log(chances)).astype(seqs.dtype)
