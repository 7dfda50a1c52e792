"""What code of the student's can reach and change: the globals it names, its closure, defaults and attributes.

We follow functions and classes of the notebook, instances of those classes, and compiled and partial functions; and in
what they keep, Python's containers and JAX's trees (models of nnx among them). Everything else is a thing by itself.
Not seen: `globals()["name"] = ...`, files, and what an imported module keeps.
"""

import collections
import functools
import inspect
import itertools
import types
from collections.abc import Iterator
from typing import Any

import jax

from dlfb_lab._data import is_jitted
from dlfb_lab._translate import is_own_file

MAX_PARTS = 20_000
_CONTAINERS = (list, tuple, set, frozenset, collections.deque)
Named = Iterator[tuple[str, Any]]


def unwrapped(value: Any) -> Any:
    """The function inside `jit` and other wrappers; `value` itself where there is none."""
    return inspect.unwrap(value) if callable(value) and hasattr(value, "__wrapped__") else value


def is_own_function(value: Any) -> bool:
    """Whether `value` is a function of the notebook."""
    return inspect.isfunction(value) and is_own_file(value.__code__.co_filename)


def code_within(code: types.CodeType) -> Iterator[types.CodeType]:
    """The code itself, and that of the functions inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from code_within(constant)


def reached(answer: Any) -> dict[str, Any]:
    """What `answer` can reach, by the names that its author gave: "count", "cache", "step.calls", "self.n"."""
    return {name: value for name, value, is_followed in _met(answer) if not is_followed}


def followed(answer: Any) -> list[Any]:
    """`answer`, and the functions, classes, objects and wrappers on the way to what it can reach."""
    return [value for _, value, is_followed in _met(answer) if is_followed]


def module_of(answer: Any) -> dict[str, Any]:
    """The names of the module that the answer's code stands in; nothing where that is not the student's."""
    own = (value for value in followed(answer) if is_own_function(value))
    return getattr(next(own, None), "__globals__", {})


def _met(answer: Any) -> Iterator[tuple[str, Any, bool]]:
    """Each name and value on the way, and whether we went on from there."""
    done: set[int] = set()
    waiting = [("self" if _is_own_instance(answer) else getattr(answer, "__name__", "answer"), answer)]
    while waiting and len(done) < MAX_PARTS:
        name, value = waiting.pop()
        inner = None if id(value) in done else _inside(name, value)
        done.add(id(value))
        yield name, value, inner is not None
        waiting += inner or []


def parts_of(value: Any) -> Iterator[Any]:
    """`value` and what its containers hold, one after another; at most 20,000."""
    waiting, done = [value], set()
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        yield part
        if id(part) not in done:
            done.add(id(part))
            waiting += _held(part)


def _held(part: Any) -> list[Any]:
    if isinstance(part, _CONTAINERS):
        return list(part)
    if isinstance(part, dict):
        return [*part.keys(), *part.values()]
    if _is_own_instance(part) or type(part) is types.SimpleNamespace:
        return list(vars(part).values())
    below = jax.tree.leaves(part, is_leaf=lambda inner: inner is not part)
    return [inner for inner in below if inner is not part]


def _inside(name: str, value: Any) -> list[tuple[str, Any]] | None:
    """What `value` can reach, by name; None where it is a thing by itself."""
    if inspect.ismethod(value):
        return [("self", value.__self__), (name, value.__func__)]
    if isinstance(value, functools.partial):
        return [(name, value.func), (f"{name}.args", value.args), (f"{name}.keywords", value.keywords)]
    if is_own_function(value):
        return [*_attributes(name, value), *_closure(value), *_defaults(value), *_named_globals(value)]
    if isinstance(value, type) and value.__module__ == "__main__":
        return [*_attributes(name, value)]
    if _is_own_instance(value):
        return [*_attributes(name, value), (type(value).__name__, type(value))]
    if is_jitted(value) or unwrapped(value) is not value:
        return [*_attributes(name, value), (name, unwrapped(value))]
    return None


def _is_own_instance(value: Any) -> bool:
    return type(value).__module__ == "__main__" and hasattr(value, "__dict__") and not isinstance(value, type)


def _attributes(name: str, value: Any) -> Named:
    for attribute, part in list(getattr(value, "__dict__", {}).items()):
        if not attribute.startswith("__") or is_own_function(part):
            yield f"{name}.{attribute}", part


def _closure(function: Any) -> Named:
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        with_content = cell.cell_contents if _is_filled(cell) else None
        yield name, with_content


def _is_filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - reading it is the question
    except ValueError:
        return False
    return True


def _defaults(function: Any) -> Named:
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    defaults = function.__defaults__ or ()
    yield from zip(names[len(names) - len(defaults) :], defaults, strict=True)
    yield from (function.__kwdefaults__ or {}).items()


def _named_globals(function: Any) -> Named:
    named = itertools.chain.from_iterable(code.co_names for code in code_within(function.__code__))
    for name in dict.fromkeys(named):
        if name in function.__globals__ and not inspect.ismodule(function.__globals__[name]):
            yield name, function.__globals__[name]
