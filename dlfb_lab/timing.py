"""How long a call takes, measured as JAX needs it: the first call apart, and each one waited for.

The first call of a compiled function traces and compiles it, which takes a thousand times as long as running it. And
every call returns before its result is there: a clock that stops at once measures how fast work is handed out.

But: this compares two ways on one machine. It says nothing about another one, and no check ever looks at it.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"))


@dataclass(frozen=True)
class Timing:
    """How long the calls of a function took, in seconds.

    Attributes:
        first: the first call. With compilation, unless the function had seen such arguments before.
        typical: the median of the calls after it.
        spread: the slowest of them less the fastest. Two functions whose times differ by less are equally fast.
    """

    first: float
    typical: float
    spread: float

    def __str__(self) -> str:
        return f"first call {_readable(self.first)}, then {_readable(self.typical)} (spread {_readable(self.spread)})"


def seconds_per_call(f: Callable[..., Any], *args: Any, repeats: int = 5) -> Timing:
    """Call `f(*args)` once and then `repeats` times more, and take the time of each call until its result is there.

    Args:
        f: returns arrays, or any tree of them. It must not donate its arguments: they are used again.
        args: what it is called with.
        repeats: how many calls after the first, 1 or more.

    Raises:
        ValueError: `repeats` is less than 1.
    """
    if repeats < 1:
        raise ValueError(f"repeats={repeats}: after the first call at least one more is timed. Use 1 or more.")
    # Subtle: the arguments may themselves still be on their way, and the first call would wait for them.
    jax.block_until_ready(args)
    first, *later = (_seconds(f, args) for _ in range(1 + repeats))
    return Timing(first, statistics.median(later), max(later) - min(later))


def _seconds(f: Callable[..., Any], args: tuple[Any, ...]) -> float:
    started = time.perf_counter()
    jax.block_until_ready(f(*args))
    return time.perf_counter() - started


def _readable(seconds: float) -> str:
    """0.00123 in its unit: 1.23 ms."""
    size, unit = next((entry for entry in _UNITS if seconds >= entry[0]), _UNITS[-1])
    return f"{seconds / size:.3g} {unit}"
