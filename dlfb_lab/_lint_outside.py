"""Lines by which a function depends on something outside of it, or changes it."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab._data import is_key
from dlfb_lab._lint_names import Found, Function, bound

# Compared by exact type: nothing of a student's class is asked, and so run.
_PLAIN = frozenset({int, float, bool, str, list, dict, np.ndarray})


def changes_outside(function: Function) -> Found:
    """`global total`. What is `nonlocal` belongs to the answer itself, and may count on purpose."""
    yield from (("changed-outside", node) for node in ast.walk(function) if isinstance(node, ast.Global))


def mutable_default(function: Function) -> Found:
    """`def f(x, seen=[])`: one list for all calls."""
    for node in ast.walk(function):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                if isinstance(default, ast.List | ast.Dict | ast.Set):
                    yield "default-shared", default


def reads_outside(function: Function, outside: Mapping[str, Any]) -> Found:
    """A number, a list, an array or a key among the notebook's names. `NAME` and `_name` are meant to be constant."""
    for node in _free_names(function):
        value = outside.get(node.id)
        if _is_a_key(node.id, value):
            yield "key-from-outside", node
        elif (type(value) in _PLAIN or _is_array(value)) and not _holds_functions(value) and _may_change(node.id):
            yield "read-from-outside", node


def _holds_functions(value: Any) -> bool:
    """Whether it is a table of functions, which stand outside as every function does."""
    parts = list(value.values()) if type(value) is dict else value if type(value) is list else []
    return len(parts) > 0 and all(map(callable, parts))


def _may_change(name: str) -> bool:
    return not name.isupper() and not name.startswith("_")


def _free_names(function: Function) -> Iterator[ast.Name]:
    """Each name that the function reads and does not bind, where it is first read."""
    met = bound(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id not in met:
            met.add(node.id)
            yield node


def _is_a_key(name: str, value: Any) -> bool:
    """A typed key or several, or a raw one: two words that are called a key."""
    if not _is_array(value):
        return False
    raw = value.dtype == jnp.uint32 and value.shape[-1:] == (2,)
    return is_key(value) or (raw and any(word in name.lower() for word in ("key", "rng")))


def _is_array(value: Any) -> bool:
    return issubclass(type(value), jax.Array)
