"""A training state of a model with batch normalization and dropout, small enough to compute by hand."""

import functools
from typing import Any

import jax
import jax.numpy as jnp

from dlfb_lab.props._optimizers import named_optimizer
from dlfb_lab.props._registry import prop

COLUMNS, HIDDEN = 3, 4
DROPPED = 0.5


@prop
def cell_state(optimizer: str, rate: float) -> Any:
    """A `TrainState` at step 0 with one more field, `batch_stats`, and an optimizer of `props.optimizer`.

    Its model takes `x: f32[n, 3]` and `train`, and gives f32[n, 1]: a dense layer of 4, batch normalization, relu,
    dropout of half of the numbers, a dense layer of 1. It needs `rngs={"dropout": ...}` and `mutable=["batch_stats"]`
    in training, and neither at evaluation.
    """
    return _state_class().create(
        apply_fn=_cell_model().apply,
        params=_first_params(),
        tx=named_optimizer(optimizer, rate),
        batch_stats={"BatchNorm_0": {"mean": jnp.array([0.5, -0.5, 0.0, 1.0]), "var": jnp.array([1.0, 2.0, 0.5, 1.5])}},
    )


def _first_params() -> dict[str, dict[str, jax.Array]]:
    """Fixed parameters: drawing them would take a second of compilation."""
    kernel = jnp.cos(jnp.arange(float(COLUMNS * HIDDEN))).reshape(COLUMNS, HIDDEN)
    return {
        "Dense_0": {"kernel": kernel, "bias": jnp.zeros(HIDDEN)},
        "BatchNorm_0": {"scale": jnp.ones(HIDDEN), "bias": jnp.array([0.5, 0.25, 0.75, 0.5])},
        "Dense_1": {"kernel": jnp.array([[1.0], [-0.5], [0.75], [-1.25]]), "bias": jnp.zeros(1)},
    }


@functools.cache
def _cell_model() -> Any:
    from flax import linen as nn

    class Cells(nn.Module):
        @nn.compact
        def __call__(self, x: jax.Array, train: bool) -> jax.Array:
            x = nn.Dense(HIDDEN)(x)
            x = nn.relu(nn.BatchNorm(use_running_average=not train, momentum=0.9)(x))
            x = nn.Dropout(DROPPED, deterministic=not train)(x)
            return nn.Dense(1)(x)

    return Cells()


@functools.cache
def _state_class() -> Any:
    from flax.training.train_state import TrainState

    class CellState(TrainState):
        batch_stats: Any

    return CellState
