"""The model of a straight line: as a Flax module, as a function, with a training state, a loss and a step.

Flax is imported where it is needed: a notebook that only imports `check` should not wait for it.
"""

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from dlfb_lab.props._optimizers import named_optimizer
from dlfb_lab.props._registry import prop

# Where the book's training begins: what `model.init` draws with the key 42.
FIRST_KERNEL = -0.5220277


@prop
def line_model() -> Any:
    """A Flax module of one dense layer: `x: f32[n, d]` gives f32[n, 1]. Its parameters are under `Dense_0`."""
    return _line_model()


@prop
def line_apply() -> Callable[..., jax.Array]:
    """`apply` of `line_model`: takes `{"params": ...}` and `x: f32[n, d]`, and gives f32[n, 1]."""
    model = _line_model()

    def apply(variables: Any, x: jax.Array) -> Any:
        return model.apply(variables, x)

    return apply


@prop
def line_state(optimizer: str, rate: float, columns: int) -> Any:
    """A `TrainState` of `line_model` for `x: f32[n, columns]` at step 0, with an optimizer of `props.optimizer`.

    The kernel begins with -0.5220277 and goes on with zeros, and the bias is zero.
    """
    from flax.training.train_state import TrainState

    kernel = jnp.zeros((columns, 1)).at[0, 0].set(FIRST_KERNEL)
    params = {"Dense_0": {"kernel": kernel, "bias": jnp.zeros(1)}}
    return TrainState.create(apply_fn=_line_model().apply, params=params, tx=named_optimizer(optimizer, rate))


@functools.cache
def _line_model() -> Any:
    from flax import linen as nn

    class Line(nn.Module):
        @nn.compact
        def __call__(self, x: jax.Array) -> jax.Array:
            return nn.Dense(1)(x)

    return Line()


class CountedError:
    """A multiple of a model's mean squared error that counts how often Python enters it; under `jit`, once a trace."""

    def __init__(self, factor: float) -> None:
        self.factor = factor
        self.calls = 0

    def __call__(self, params: Any, apply_fn: Callable[..., jax.Array], x: jax.Array, y: jax.Array) -> jax.Array:
        """The loss as f32[], for `x: f32[n, d]` and `y: f32[n, 1]`."""
        self.calls += 1
        return self.factor * jnp.mean((apply_fn({"params": params}, x) - y) ** 2)

    def report(self) -> dict[str, int]:
        """How often it was called."""
        return {"calls": self.calls}


@prop
def counted_error(factor: float) -> CountedError:
    """A loss of `(params, apply_fn, x, y)` that counts its calls; read it with `probes.report`."""
    return CountedError(factor)


class CountedStep:
    """A training step that counts how often Python enters it: under `jit`, once a compiled program."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, state: Any, x: jax.Array, y: jax.Array) -> tuple[Any, jax.Array]:
        """The state one step further, and the mean squared error before that step."""
        self.calls += 1

        def loss_of(params: Any) -> jax.Array:
            return jnp.mean((state.apply_fn({"params": params}, x) - y) ** 2)

        loss, grads = jax.value_and_grad(loss_of)(state.params)
        return state.apply_gradients(grads=grads), loss

    def report(self) -> dict[str, int]:
        """How often it was called."""
        return {"calls": self.calls}


@prop
def counted_step() -> CountedStep:
    """A training step, not compiled yet, that counts its calls; read it with `probes.report`."""
    return CountedStep()
