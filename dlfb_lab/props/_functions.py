"""Functions that count how often Python enters them, and callers that run an answer inside `jit` or `scan`."""

from collections.abc import Callable
from typing import Any

import jax

from dlfb_lab.props._registry import prop


@prop
def counted_line(slope: float) -> Callable[[Any], Any]:
    """A function of one array, `slope * x + 1`, of the same shape; read with `probes.report` how often it ran.

    Under `jit` it runs in Python once a trace. It is a plain function, as a student would define one.
    """

    def line(x: Any) -> Any:
        return slope * x + 1

    return _counted(line)


@prop
def counted_product(factor: float) -> Callable[[Any, Any], Any]:
    """A function of two arrays that fit together, `factor * x * y`, which counts like `counted_line`."""

    def product(x: Any, y: Any) -> Any:
        return factor * x * y

    return _counted(product)


def _counted(function: Callable[..., Any]) -> Callable[..., Any]:
    calls = 0

    def counted(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        return function(*args)

    counted.__name__ = function.__name__
    counted.__dict__["report"] = lambda: {"calls": calls}
    return counted


@prop
def in_jit() -> Callable[..., Any]:
    """`run(f, *args)`: what `f(*args)` returns inside `jax.jit`. A second call with the same `f` finds its program."""

    def run(function: Callable[..., Any], *args: Any) -> Any:
        return jax.jit(function)(*args)

    return run


@prop
def in_scan() -> Callable[..., Any]:
    """`run(f, state, rows)`: the last state and the outputs of `jax.lax.scan(f, state, rows)`."""

    def run(body: Callable[..., Any], state: Any, rows: Any) -> Any:
        return jax.lax.scan(body, state, rows)

    return run
