"""Differentiates by the weights."""
# diagnosis: wrong-argument-differentiated

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    slopes = jax.grad(score)(weights, onehot)
    return slopes - jnp.sum(slopes * onehot, axis=1, keepdims=True)
