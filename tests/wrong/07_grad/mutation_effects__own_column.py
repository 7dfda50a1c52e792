"""Subtracts the slope of the standing base from itself."""
# diagnosis: standing-base-alone

import jax


def mutation_effects(score, weights, onehot):
    g = jax.grad(score, argnums=1)(weights, onehot)
    return g - g * onehot
