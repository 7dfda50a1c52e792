"""Losses of a linear model, for tasks that differentiate a loss which they are handed.

The model is `x @ params["w"] + params["b"]`, with `x: f32[n, d]`, `w: f32[d]` and `b: f32[]`.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from dlfb_lab.props._registry import prop


class CountedFit:
    """The mean squared error of the model; counts how often it is computed.

    Python enters it once a trace, and a program that `jit` has kept runs it without Python. So both are counted.
    """

    def __init__(self) -> None:
        self.calls = 0
        self.runs = 0

    def __call__(self, params: dict[str, jax.Array], x: jax.Array, y: jax.Array, *weights: jax.Array) -> Any:
        """The mean squared error against `y: f32[n]`, as f32[]; each row times its weights, where there are any."""
        self.calls += 1
        jax.debug.callback(self._ran)
        return self._result(params, x, y, weights)

    def _ran(self) -> None:
        self.runs += 1

    def _result(self, params: dict[str, jax.Array], x: jax.Array, y: jax.Array, weights: tuple[jax.Array, ...]) -> Any:
        squares = (_predicted(params, x) - y) ** 2
        for weight in weights:
            squares = weight * squares
        return jnp.mean(squares)

    def report(self) -> dict[str, int]:
        """How often it was computed: entered by Python, or run in a program, whichever is more."""
        jax.effects_barrier()  # a callback comes later than the result
        return {"calls": max(self.calls, self.runs)}


class CountedFitWithExtras(CountedFit):
    """The same, in a pair with what came along: the prediction, and the largest of its errors."""

    def _result(self, params: dict[str, jax.Array], x: jax.Array, y: jax.Array, weights: tuple[jax.Array, ...]) -> Any:
        predicted = _predicted(params, x)
        extras = {"predicted": predicted, "largest": jnp.max(jnp.abs(predicted - y))}
        return super()._result(params, x, y, weights), extras


@prop
def counted_fit() -> CountedFit:
    """A loss of params and data that counts how often it is computed; read it with `probes.report`."""
    return CountedFit()


@prop
def counted_fit_with_extras() -> CountedFitWithExtras:
    """A loss that returns `(loss, {"predicted": f32[n], "largest": f32[]})` and counts its calls."""
    return CountedFitWithExtras()


@prop
def row_losses(kind: str) -> Callable[[Any, jax.Array, jax.Array], jax.Array]:
    """The losses of each row, as f32[n]. The params of the model are one level deeper: `{"layer": {"w"}, "b"}`.

    Args:
        kind: "squares" of the errors, or "smooth": about the square of a small error and the size of a large one.
    """
    of_error = {"squares": jnp.square, "smooth": _smooth}[kind]

    def losses(params: Any, x: jax.Array, y: jax.Array) -> jax.Array:
        return of_error(_predicted({"w": params["layer"]["w"], "b": params["b"]}, x) - y)

    return losses


def _smooth(error: jax.Array) -> jax.Array:
    return jnp.sqrt(1 + error**2) - 1


def _predicted(params: dict[str, jax.Array], x: jax.Array) -> jax.Array:
    return x @ params["w"] + params["b"]
