"""Returns the slopes."""
# diagnosis: step-left-out

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    return jax.grad(score, argnums=1)(weights, onehot)
