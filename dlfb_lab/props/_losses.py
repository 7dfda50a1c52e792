"""Losses, and one that counts its calls."""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from dlfb_lab.props._registry import prop


@prop
def quadratic(center: float) -> Callable[[jax.Array], jax.Array]:
    """A loss of `w: f32[n]`: the sum of (w - center)², as f32[]."""

    def loss(w: jax.Array) -> jax.Array:
        return jnp.sum((w - center) ** 2)

    return loss


class CountedLoss:
    """`quadratic(center)` that counts how often Python enters it; under `jit`, once a trace."""

    def __init__(self, center: float) -> None:
        self.center = center
        self.calls = 0

    def __call__(self, w: jax.Array) -> jax.Array:
        """The loss of `w: f32[n]`, as f32[]."""
        self.calls += 1
        return jnp.sum((w - self.center) ** 2)

    def report(self) -> dict[str, int]:
        """How often it was called."""
        return {"calls": self.calls}


@prop
def counted_loss(center: float) -> CountedLoss:
    """A loss that counts its calls; read it with `probes.report`."""
    return CountedLoss(center)
