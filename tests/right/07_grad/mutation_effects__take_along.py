"""Looks up which base stands there."""

import jax
import jax.numpy as jnp


def mutation_effects(score, weights, onehot):
    slopes = jax.grad(score, argnums=1)(weights, onehot)
    here = jnp.argmax(onehot, axis=-1)
    return slopes - jnp.take_along_axis(slopes, here[:, None], axis=1)
