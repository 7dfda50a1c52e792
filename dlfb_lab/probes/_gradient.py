"""The probes of slopes: what `jax.grad` says of an answer, and what a small step in its input says."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab.probes._forms import no_sense
from dlfb_lab.probes._registry import probe

_value_and_grad, _grad = jax.value_and_grad, jax.grad  # bound early: a notebook may put others in their places
STEP = 1e-2
SEED = 1906


@dataclass(frozen=True)
class Gradient:
    """The value of an answer at a point, and its slope there.

    Attributes:
        value: f32[] where the answer is right.
        slope: of the same tree, shapes and dtypes as the argument it is taken by.
    """

    value: Any
    slope: Any


@dataclass(frozen=True)
class Steepness:
    """The slope of an answer along one direction, had in two ways: about equal where no gradient is cut or wrong.

    Attributes:
        by_gradient: by `jax.grad`.
        by_difference: by central differences.
    """

    by_gradient: float
    by_difference: float


def gradient(answer: Any, *args: Any, argnum: int = 0, at: int | tuple[int, ...] | None = None) -> Gradient:
    """`jax.value_and_grad` of the answer by the argument at `argnum`.

    `at` is the entry of an array result whose slope is meant; without it the result must be a single number. Raises
    what the answer raises, and JAX's TypeError for a result that is no single number or an argument of whole numbers.
    Measured: 100 to 400 ms the first time in a process, then 3 ms.
    """
    got = slope(answer, list(args), argnum, at)
    if type(got) is not list or len(got) != 2:
        raise no_sense("A value and its slope were expected.")
    return Gradient(*got)


def steepness(answer: Any, *args: Any, argnum: int = 0) -> Steepness:
    """The slope of the answer along one fixed random direction in the argument at `argnum`, in two ways.

    Compare the two at rtol 2e-2: the step is 0.01 and the arithmetic 32 bit. Choose arguments of size about 1, more
    than 0.05 away from kinks, and a result that does change: of a slope of 0.001 the differences see only rounding. Of
    an array result the sum is used, of a tree of arrays the sum of all of them. `stop_gradient` shows as a difference,
    so expect one where it is wanted. Measured: 400 ms the first time in a
    process, then 6 ms.
    """
    got = slopes_along(answer, list(args), argnum)
    if type(got) is not list or [type(part) for part in got] != [float, float]:
        raise no_sense("Two numbers were expected, the slope had in two ways.")
    return Steepness(*got)


@probe
def slope(answer: Any, args: list[Any], argnum: int, at: int | tuple[int, ...] | None) -> list[Any]:
    """The parts of a `Gradient`. Runs where the answer lives."""
    run = answer if at is None else lambda *given: answer(*given)[at]
    return list(_value_and_grad(run, argnums=argnum)(*args))


@probe
def slopes_along(answer: Any, args: list[Any], argnum: int) -> list[float]:
    """The parts of a `Steepness`. Runs where the answer lives."""
    leaves, tree = jax.tree.flatten(args[argnum])
    draw = np.random.default_rng(SEED)  # NumPy's, which has nothing to compile
    ways = [draw.standard_normal(jnp.shape(leaf)).astype(np.float32) for leaf in leaves]

    def along(step: Any) -> Any:
        moved = [leaf + step * way for leaf, way in zip(leaves, ways, strict=True)]
        given = [*args[:argnum], jax.tree.unflatten(tree, moved), *args[argnum + 1 :]]
        return sum(jnp.sum(part) for part in jax.tree.leaves(answer(*given)))

    by_difference = (float(along(STEP)) - float(along(-STEP))) / (2 * STEP)
    return [float(_grad(along)(0.0)), by_difference]
