"""Subtracts a row where a column is needed."""
# diagnosis: shapes-do-not-fit

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    slopes = jax.grad(score, argnums=1)(weights, onehot)
    return slopes - jnp.sum(slopes * onehot, axis=1)
