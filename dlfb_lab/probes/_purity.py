"""The probe of purity: does a call give the same again, inside `jit` and without, and what did it change?"""

import itertools
import random
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from dlfb_lab._data import copy_data, is_numpy_data
from dlfb_lab._translate import describe
from dlfb_lab.probes._arguments import parted
from dlfb_lab.probes._forms import Form, anything, checked, list_of, of_type
from dlfb_lab.probes._reach import parts_of, reached
from dlfb_lab.probes._registry import probe
from dlfb_lab.probes._settings import compiling

_jit, _disable_jit = jax.jit, jax.disable_jit  # bound early: a notebook may put others in their places
MAX_BYTES = 2**20


@dataclass(frozen=True)
class Failed:
    """A value that could not be had: what the student's code raised, and the diagnosis of that, or ""."""

    says: str
    diagnosis: str


@dataclass(frozen=True)
class Purity:
    """Values of one call, had in several ways: the same, of a pure function.

    Attributes:
        first: of a first call, as it is.
        second: of a second call, with equal arguments.
        jitted: of a call inside `jax.jit`; `Failed` where that raises.
        unjitted: of a call under `jax.disable_jit`; `Failed` where that raises.
        changed: what the first two calls changed outside their arguments, sorted, by the names in the notebook: globals
            and closed-over variables ("count"), attributes ("step.calls", "self.n"), defaults by their parameter, and
            the hidden states "np.random" and "random".
    """

    first: Any
    second: Any
    jitted: Any
    unjitted: Any
    changed: tuple[str, ...]


def purity(answer: Any, *args: Any) -> Purity:
    """Call the answer twice, inside `jax.jit` and under `jax.disable_jit`, each time with copies of the same arguments.

    Inside `jit`, arrays and floats are traced, other arguments are given as they are. Raises what the first two calls
    raise. A global that is set anew to an equal number counts as unchanged. Measured: 35 to 120 ms, mostly compilation.
    """
    parts = checked(values_and_changes(answer, list(args)), _FORMS, "the calls")
    jitted, unjitted = (_value_or_failed(parts.pop(name)) for name in ("jitted", "unjitted"))
    return Purity(parts["first"], parts["second"], jitted, unjitted, tuple(parts["changed"]))


def _value_or_failed(part: list[Any]) -> Any:
    return part[0] if len(part) == 1 else Failed(*part)


def _is_value_or_failed(part: Any) -> bool:
    return type(part) is list and (len(part) == 1 or [type(text) for text in part] == [str, str])


# What may come back from the student's process.
_FORMS: dict[str, Form] = {
    "first": anything,
    "second": anything,
    "jitted": _is_value_or_failed,
    "unjitted": _is_value_or_failed,
    "changed": list_of(of_type(str)),
}


@probe
def values_and_changes(answer: Any, args: list[Any]) -> dict[str, Any]:
    """The parts of a `Purity`. Runs where the answer lives."""
    before = _Picture(answer)
    first, second = answer(*_copies(args)), answer(*_copies(args))
    return {
        "first": first,
        "second": second,
        "changed": before.changed_since(_Picture(answer)),
        "jitted": _attempt(_jitted, answer, _copies(args)),
        "unjitted": _attempt(_unjitted, answer, _copies(args)),
    }


def _copies(args: list[Any]) -> list[Any]:
    copies: list[Any] = copy_data(args, lambda thing: thing)
    return copies


def _attempt(run: Any, answer: Any, args: list[Any]) -> list[Any]:
    """`[value]`, or what was raised as `[text, diagnosis]`."""
    try:
        return [run(answer, args)]
    except Exception as error:
        data = describe(error)
        return [data.says, data.diagnosis]


def _jitted(answer: Any, args: list[Any]) -> Any:
    of_arrays, arrays, _ = parted(answer, args, {})
    with compiling():
        return _jit(of_arrays)(*arrays)


def _unjitted(answer: Any, args: list[Any]) -> Any:
    with _disable_jit():
        return answer(*args)


class _Picture:
    """What an answer can reach at one moment, to compare with another."""

    def __init__(self, answer: Any) -> None:
        # Kept, so that nothing new can get the identity of something old.
        self._parts = {name: list(parts_of(value)) for name, value in reached(answer).items()}
        self._shots = {name: [_shot(part) for part in parts] for name, parts in self._parts.items()}
        self._shots |= {"random": [random.getstate()], "np.random": [repr(_numpy_state())]}

    def changed_since(self, later: "_Picture") -> list[str]:
        """The names of what differs, sorted."""
        names = self._shots.keys() | later._shots.keys()
        return sorted(name for name in names if self._shots.get(name) != later._shots.get(name))


def _numpy_state() -> list[Any]:
    """Where NumPy's global generator is; its arrays as bytes, which can be compared."""
    return [part.tobytes() if isinstance(part, np.ndarray) else part for part in np.random.get_state()]


def _shot(part: Any) -> Any:
    """What tells a part from what it was before: numbers by value, containers by size, other things by identity."""
    if part is None or type(part) in (bool, int, float, complex, str, bytes):
        return type(part), repr(part)
    if is_numpy_data(part) and part.nbytes <= MAX_BYTES:
        return part.shape, part.dtype.name, part.tobytes()
    if isinstance(part, np.random.Generator):
        return repr(part.bit_generator.state)
    if isinstance(part, random.Random | itertools.count):
        return repr(part.getstate() if isinstance(part, random.Random) else part)
    if isinstance(part, list | tuple | set | frozenset | dict):
        return type(part), len(part)
    return id(part)
