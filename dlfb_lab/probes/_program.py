"""What the program of an answer is made of: the jaxpr that JAX writes down while it traces the answer."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
from jax.extend.core import ClosedJaxpr

from dlfb_lab.probes._arguments import parted
from dlfb_lab.probes._forms import MAX_LISTED, Form, checked, is_count, is_shape, list_of, no_sense, of_type
from dlfb_lab.probes._liveness import bodies, needed_inputs
from dlfb_lab.probes._registry import probe
from dlfb_lab.probes._settings import compiling

_make_jaxpr = jax.make_jaxpr  # bound early: a notebook may put another function in its place


@dataclass(frozen=True)
class Program:
    """The program that an answer becomes when it is traced, as far as a check may look at it.

    Attributes:
        primitives: how often each primitive occurs, inner programs included.
        dead: the primitives that write into an array (scatter..., dynamic_update_slice) and whose result nobody uses.
        unused: which arguments reach no result: their places in `jax.tree.leaves(args)`, arrays and floats alone.
        constants: the shapes of the arrays that the program holds: closed over, or made while tracing.
        effects: what it does beside its results, such as "debug" for `jax.debug.print`.
    """

    primitives: dict[str, int]
    dead: tuple[str, ...]
    unused: tuple[int, ...]
    constants: tuple[tuple[int, ...], ...]
    effects: tuple[str, ...]


def growth(answer: Any, calls: Sequence[Sequence[Any]]) -> list[int] | None:
    """How many equations the answer's program has for each of these argument lists, inner programs included, once each.

    With inputs of 4, 8 and 16 entries a Python loop grows with them (13, 25, 49). `vmap`, `scan` and `fori_loop` do
    not, and `associative_scan` does a little (22, 33, 44), so compare the two steps: 16 - 8 against 8 - 4. None when a
    call cannot be traced. Measured: 5 to 60 ms a call; 20 ms for each hundred turns of a Python loop.
    """
    got = equation_counts(answer, [list(args) for args in calls])
    if got is not None and (not list_of(of_type(int), len(calls))(got) or len(got) != len(calls)):
        raise no_sense(f"{len(calls)} numbers of equations were expected, one for each call.")
    found: list[int] | None = got
    return found


def program(answer: Any, *args: Any) -> Program | None:
    """The program of `answer(*args)`; None where it cannot be traced.

    JAX leaves in the jaxpr what nobody uses, so a dropped `x.at[i].set(v)` shows as dead. An argument counts as used
    also when it is only printed, or only steers a loop. Measured: 5 to 60 ms.
    """
    got = program_parts(answer, list(args))
    if got is None:
        return None
    parts = checked(got, _FORMS, "the answer's program")
    lists = {name: tuple(part) for name, part in parts.items() if name != "primitives"}
    return Program(primitives=parts["primitives"], **lists)


# What may come back from the student's process.
_FORMS: dict[str, Form] = {
    "primitives": is_count,
    "dead": list_of(of_type(str)),
    "unused": list_of(of_type(int)),
    "constants": list_of(is_shape),
    "effects": list_of(of_type(str)),
}


@probe
def equation_counts(answer: Any, calls: list[list[Any]]) -> list[int] | None:
    """What `growth` returns. Runs where the answer lives."""
    found = [primitives_of(answer, args, {}) for args in calls]
    counts = [sum(one.values()) for one in found if one is not None]
    return counts if len(counts) == len(calls) else None


@probe
def program_parts(answer: Any, args: list[Any]) -> dict[str, Any] | None:
    """The parts of a `Program`. Runs where the answer lives."""
    found = traced(answer, args, {})
    if found is None:
        return None
    closed, places = found
    needed, dead = needed_inputs(closed.jaxpr)
    shapes = [tuple(int(n) for n in getattr(one, "shape", ())) for one in _constants(closed)]
    parts: dict[str, list[Any]] = {
        "dead": dead,
        "unused": [place for place, needs in zip(places, needed, strict=True) if not needs],
        "constants": shapes,
        "effects": sorted({_effect_name(effect) for effect in closed.effects}),
    }
    return {"primitives": dict(_counted(closed.jaxpr))} | {name: part[:MAX_LISTED] for name, part in parts.items()}


def primitives_of(answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> dict[str, int] | None:
    """How often each primitive occurs in the answer's program; None where it cannot be traced."""
    found = traced(answer, args, kwargs)
    return None if found is None else dict(_counted(found[0].jaxpr))


def traced(answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> tuple[ClosedJaxpr, list[int]] | None:
    """The jaxpr of `answer(*args, **kwargs)`, and the places of its inputs among the leaves of the arguments."""
    of_arrays, arrays, places = parted(answer, args, kwargs)
    try:
        with compiling():
            return _make_jaxpr(of_arrays)(*arrays), places
    except Exception:  # whatever tracing it raises: such an answer has no program to show
        return None


def _counted(jaxpr: Any) -> Counter[str]:
    counts: Counter[str] = Counter()
    for equation in jaxpr.eqns:
        counts[equation.primitive.name] += 1
        for body in bodies(equation):
            counts += _counted(body)
    return counts


def _constants(closed: Any) -> Iterator[Any]:
    yield from closed.consts
    for equation in closed.jaxpr.eqns:
        for parameter in equation.params.values():
            for inner in parameter if isinstance(parameter, tuple | list) else (parameter,):
                if isinstance(inner, ClosedJaxpr):
                    yield from _constants(inner)


def _effect_name(effect: Any) -> str:
    """`OrderedDebugEffect` -> `ordered-debug`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(effect).__name__.removesuffix("Effect"))
    return words.lower()
