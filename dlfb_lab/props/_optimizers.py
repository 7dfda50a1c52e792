"""Optimizers by their names, one that counts how often it was started, and a loss for any tree of parameters."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import optax

from dlfb_lab.props._registry import prop


@prop
def optimizer(name: str, rate: float) -> optax.GradientTransformation:
    """An optimizer of Optax with this learning rate: "sgd", "momentum" (0.9), "adam", or "adamw" (weight decay 0.1)."""
    return named_optimizer(name, rate)


def named_optimizer(name: str, rate: float) -> optax.GradientTransformation:
    """See `optimizer`.

    Raises:
        KeyError: no optimizer has that name here.
    """
    makers = {
        "sgd": lambda: optax.sgd(rate),
        "momentum": lambda: optax.sgd(rate, momentum=0.9),
        "adam": lambda: optax.adam(rate),
        "adamw": lambda: optax.adamw(rate, weight_decay=0.1),
    }
    return makers[name]()


class CountedOptimizer(optax.GradientTransformation):  # type: ignore[misc]  # Optax comes without types
    """Gradient descent that counts the calls of its `init`, and in its state the steps, as `{"steps": i32[]}`."""

    starts: list[None]

    def report(self) -> dict[str, int]:
        """How often it was started."""
        return {"starts": len(self.starts)}


@prop
def counted_optimizer(rate: float) -> CountedOptimizer:
    """Gradient descent that counts its starts and its steps; read the starts with `probes.report`."""
    starts: list[None] = []

    def init(params: optax.Params) -> dict[str, jax.Array]:
        starts.append(None)
        return {"steps": jnp.zeros((), jnp.int32)}

    def update(grads: optax.Updates, state: Any, params: object = None) -> tuple[Any, Any]:
        return jax.tree.map(lambda g: -rate * g, grads), {"steps": state["steps"] + 1}

    made = CountedOptimizer(init, update)
    made.starts = starts
    return made


@prop
def tree_squares() -> Callable[[Any], jax.Array]:
    """A loss of any tree of arrays: the sum of the squares of all their entries, as f32[]."""

    def loss(params: Any) -> jax.Array:
        squares = [jnp.sum(leaf**2) for leaf in jax.tree.leaves(params)]
        return jnp.sum(jnp.stack(squares))

    return loss
