"""Subtracts the new one from the old one."""
# diagnosis: sign-reversed

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    slopes = jax.grad(score, argnums=1)(weights, onehot)
    return jnp.sum(slopes * onehot, axis=1, keepdims=True) - slopes
