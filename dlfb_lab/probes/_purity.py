"""The probe of purity: does a call give the same again, inside `jit` and without, and what did it change?"""

from dataclasses import dataclass
from typing import Any

import jax

from dlfb_lab._data import copy_data
from dlfb_lab._translate import describe
from dlfb_lab.probes._arguments import parted
from dlfb_lab.probes._forms import Form, anything, checked, list_of, of_type
from dlfb_lab.probes._picture import Picture
from dlfb_lab.probes._registry import probe
from dlfb_lab.probes._settings import compiling

_jit, _disable_jit = jax.jit, jax.disable_jit  # bound early: a notebook may put others in their places


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
    before = Picture(answer)
    first, second = answer(*_copies(args)), answer(*_copies(args))
    return {
        "first": first,
        "second": second,
        "changed": before.changed_since(Picture(answer)),
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
