"""Maps the distance over all pairs with two `vmap`s, compiled."""

import jax
import jax.numpy as jnp


def safe_norm(v):
    n2 = v @ v
    return jnp.where(n2 > 0, jnp.sqrt(jnp.where(n2 > 0, n2, 1.0)), 0.0)


@jax.jit
def pair_energy(cells):
    table = jax.vmap(lambda a: jax.vmap(lambda b: safe_norm(a - b))(cells))(cells)
    return 0.5 * table.sum()
