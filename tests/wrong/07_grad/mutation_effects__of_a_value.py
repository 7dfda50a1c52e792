"""Calls the score inside of `grad`."""
# diagnosis: grad-of-value

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    slopes = jax.grad(score(weights, onehot), argnums=1)
    return slopes - jnp.sum(slopes * onehot, axis=1, keepdims=True)
