"""Optimizers that can be watched, and a training state."""

from typing import Any

import jax
import jax.numpy as jnp
import optax

from dlfb_lab.props._registry import prop


@prop
def spy_sgd(learning_rate: float) -> optax.GradientTransformation:
    """Plain gradient descent whose state counts its steps, as `{"steps": i32[]}`.

    A training step that drops the optimizer's state leaves the count at zero, where the loss would still fall.
    """
    return _spy_sgd(learning_rate)


def _spy_sgd(learning_rate: float) -> optax.GradientTransformation:
    def init(params: optax.Params) -> dict[str, jax.Array]:
        return {"steps": jnp.zeros((), jnp.int32)}

    def update(grads: optax.Updates, state: Any, params: object = None) -> tuple[Any, Any]:
        return jax.tree.map(lambda g: -learning_rate * g, grads), {"steps": state["steps"] + 1}

    return optax.GradientTransformation(init, update)


@prop
def linear_state(learning_rate: float) -> Any:
    """A `TrainState` at step 0: the model `x @ w` for `x: f32[n, 3]`, `w` all zeros, and the optimizer `spy_sgd`."""
    # Imported here: a notebook that only imports `check` should not wait for Flax.
    from flax.training.train_state import TrainState

    def model(variables: Any, x: jax.Array) -> Any:
        return x @ variables["params"]["w"]

    return TrainState.create(apply_fn=model, params={"w": jnp.zeros(3)}, tx=_spy_sgd(learning_rate))
