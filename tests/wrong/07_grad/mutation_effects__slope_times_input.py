"""Multiplies the slopes by the input."""
# diagnosis: standing-base-alone

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    return jax.grad(score, argnums=1)(weights, onehot) * onehot
