"""Scores that say how well a motif fits a DNA sequence, for tasks that differentiate by the sequence."""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from dlfb_lab.props._registry import prop

Score = Callable[[jax.Array, jax.Array], jax.Array]


@prop
def place_score(scale: float) -> Score:
    """A score `f(weights: f32[w, 4], onehot: f32[L, 4]) -> f32[]`: that of the motif at the first place, times `scale`.

    It is linear in the sequence, so its slopes say exactly what a mutation does.
    """

    def score(weights: jax.Array, onehot: jax.Array) -> jax.Array:
        return scale * jnp.sum(weights * onehot[: weights.shape[0]])

    return score


@prop
def best_place_score(sharpness: float) -> Score:
    """A score `f(weights: f32[w, 4], onehot: f32[L, 4]) -> f32[]`: smoothly, that of the motif at its best place.

    The larger `sharpness`, the closer it is to the best place alone. It has bends: its slopes only estimate what a
    mutation does.
    """

    def score(weights: jax.Array, onehot: jax.Array) -> jax.Array:
        places = onehot.shape[0] - weights.shape[0] + 1
        windows = onehot[jnp.arange(places)[:, None] + jnp.arange(weights.shape[0])[None, :]]
        scores = jnp.sum(windows * weights, axis=(1, 2))
        return jax.nn.logsumexp(sharpness * scores) / sharpness

    return score
