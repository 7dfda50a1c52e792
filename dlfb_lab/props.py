"""Props: named losses, models, spies and sources that a check hands to an answer.

A task that takes a function, a model or an optimizer must be given one, and code may not cross into the student's
process. So a check makes a prop by name, here in its own process, and only the name and the arguments travel: the
student's process builds its own, once for each prop the check made, so that identity holds over several calls.

Arguments of a prop are numbers and texts only.
"""

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar

import jax
import jax.numpy as jnp
import optax

from dlfb_lab._data import PropRef

P = ParamSpec("P")
T = TypeVar("T")

_MAKERS: dict[str, Callable[..., Any]] = {}
_MADE: dict[int, tuple[Any, PropRef]] = {}
_SERIAL = itertools.count(1)


def prop(make: Callable[P, T]) -> Callable[P, T]:
    """Register a maker of props. What it returns is remembered, so that a reference to it can travel."""

    @functools.wraps(make)
    def remember(*args: P.args, **kwargs: P.kwargs) -> T:
        if kwargs:
            raise TypeError(f"{make.__name__}: a prop takes positional arguments only")
        made = make(*args, **kwargs)
        _MADE[id(made)] = (made, PropRef(next(_SERIAL), make.__name__, tuple(args)))
        return made

    _MAKERS[make.__name__] = make
    return remember


def prop_ref(value: object) -> PropRef | None:
    """The reference of a prop made in this process; None for anything else."""
    made = _MADE.get(id(value))
    return made[1] if made is not None and made[0] is value else None


def build_prop(reference: PropRef) -> Any:
    """The prop that `reference` names, built anew.

    Raises:
        KeyError: there is no such prop.
    """
    return _MAKERS[reference.name](*reference.args)


def forget_props() -> None:
    """Drop the props made so far. Called after each check."""
    _MADE.clear()


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


class EndlessSource:
    """An iterator over 0, 1, 2, ... which counts how many numbers were taken.

    It stops after 5,000: more than any answer should take, and few enough that one which takes them all comes back and
    can be told so.
    """

    LENGTH = 5_000

    def __init__(self) -> None:
        self.pulls = 0

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if self.pulls == self.LENGTH:
            raise StopIteration
        self.pulls += 1
        return self.pulls - 1

    def report(self) -> dict[str, int]:
        """How many numbers were taken."""
        return {"pulls": self.pulls}


@prop
def endless_source() -> EndlessSource:
    """A source that, for all an answer can know, never ends; read how much was taken with `probes.report`."""
    return EndlessSource()
