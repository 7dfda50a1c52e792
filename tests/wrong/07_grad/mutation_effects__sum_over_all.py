"""Subtracts one number from all rows."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    slopes = jax.grad(score, argnums=1)(weights, onehot)
    return slopes - jnp.sum(slopes * onehot)
