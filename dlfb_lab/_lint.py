"""What the text of an answer shows: results that are thrown away, and the like. Read, never run.

A lint finding explains a failure; it never causes one. A line that looks wrong and works is the student's own affair.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from itertools import chain
from types import FunctionType
from typing import Any

from dlfb_lab._data import is_jitted
from dlfb_lab._finding import SourceLine
from dlfb_lab._lint_jit import branch_on_tracer, jit_in_loop, numpy_on_tracer, print_while_tracing
from dlfb_lab._lint_keys import keys_made_inside, keys_not_advanced, numpy_random
from dlfb_lab._lint_names import Found, Function
from dlfb_lab._lint_outside import changes_outside, mutable_default, reads_outside
from dlfb_lab._lint_results import activated_twice, dropped_results
from dlfb_lab._translate import cell_number, is_own_file

# Each reads one function, which stands in a file of its kind.
_RULES: tuple[Callable[[Function], Found], ...] = (
    dropped_results,
    activated_twice,
    keys_made_inside,
    numpy_random,
    keys_not_advanced,
    jit_in_loop,
    print_while_tracing,
    numpy_on_tracer,
    branch_on_tracer,
    changes_outside,
    mutable_default,
)


def lint(answer: Any, namespace: Mapping[str, Any]) -> list[tuple[str, SourceLine]]:
    """The diagnoses that the source of `answer` shows, each with its line, the earliest first.

    Functions of the same namespace that the answer calls are read too.
    """
    found: list[tuple[str, SourceLine]] = []
    for function in _with_helpers(answer, namespace):
        found += _lint_one(function, namespace)
    return found


def _with_helpers(answer: Any, namespace: Mapping[str, Any]) -> list[FunctionType]:
    plain = _plain_function(answer)
    if plain is None:
        return []
    called = [_plain_function(namespace.get(name)) for name in plain.__code__.co_names]
    helpers = [helper for helper in called if helper is not None and is_own_file(helper.__code__.co_filename)]
    return [plain, *helpers][:8]


def _plain_function(value: Any) -> FunctionType | None:
    """The function itself, also where it was compiled or wrapped. Only types are asked: an object could answer."""
    if type(value) is not FunctionType and not is_jitted(value):
        return None
    plain = inspect.unwrap(value)
    return plain if type(plain) is FunctionType else None


def _lint_one(function: FunctionType, namespace: Mapping[str, Any]) -> list[tuple[str, SourceLine]]:
    filename = function.__code__.co_filename
    if not is_own_file(filename):
        return []
    try:
        lines, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    node = next((n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda)), None)
    if node is None:
        return []
    found = [
        (name, SourceLine(cell_number(filename), first + at.lineno - 1, lines[at.lineno - 1].strip()[:200]))
        for name, at in read_function(node, namespace)
    ]
    return sorted(found, key=lambda item: item[1].number)


def read_function(function: Function, outside: Mapping[str, Any]) -> Found:
    """What every rule says of one function, given what the names outside of it stand for."""
    yield from chain.from_iterable(rule(function) for rule in _RULES)
    yield from reads_outside(function, outside)
