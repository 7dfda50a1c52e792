"""What the text of an answer shows: results that are thrown away, and the like. Read, never run.

A lint finding explains a failure; it never causes one. A line that looks wrong and works is the student's own affair.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dlfb_lab._finding import SourceLine
from dlfb_lab._translate import cell_number, is_own_file

# Methods of `x.at[i]` whose result must be kept.
_AT_METHODS = frozenset(["set", "add", "subtract", "multiply", "mul", "divide", "power", "min", "max", "apply", "get"])
# Functions of jax.random that only make new keys.
_KEY_MAKERS = frozenset({"split", "fold_in"})
_FROZEN_METHODS = frozenset({"replace", "apply_gradients"})


def lint(answer: Any, namespace: Mapping[str, Any]) -> list[tuple[str, SourceLine]]:
    """The diagnoses that the source of `answer` shows, each with its line, the earliest first.

    Functions of the same namespace that the answer calls are read too.
    """
    found: list[tuple[str, SourceLine]] = []
    for function in _with_helpers(answer, namespace):
        found += _lint_one(function)
    return found


def _with_helpers(answer: Any, namespace: Mapping[str, Any]) -> list[Any]:
    plain = inspect.unwrap(answer) if callable(answer) else None
    if not inspect.isfunction(plain):
        return []
    called = [namespace.get(name) for name in plain.__code__.co_names]
    helpers = [inspect.unwrap(helper) for helper in called if inspect.isfunction(helper)]
    return [plain, *(helper for helper in helpers if is_own_file(helper.__code__.co_filename))][:8]


def _lint_one(function: Any) -> list[tuple[str, SourceLine]]:
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
        for rule in _RULES
        for name, at in rule(node)
    ]
    return sorted(found, key=lambda item: item[1].number)


def _dropped_results(function: ast.AST) -> Iterator[tuple[str, Any]]:
    """`x.at[i].set(v)` or `random.split(key)` as a statement of its own."""
    for node in ast.walk(function):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value.func
            if not isinstance(call, ast.Attribute):
                continue
            if (call.attr in _AT_METHODS and _is_at(call.value)) or _is_made_by_jnp(call):
                yield "dropped-result", node
            elif call.attr in _FROZEN_METHODS and _is_statelike(call.value):
                yield "dropped-state", node
            elif call.attr in _KEY_MAKERS and _is_random(call.value):
                yield "dropped-key", node


def _is_at(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "at"


def _is_made_by_jnp(call: ast.Attribute) -> bool:
    """`jnp.where`, and all of `jnp` but what is called for its effect, such as `jnp.set_printoptions`."""
    return isinstance(call.value, ast.Name) and call.value.id == "jnp" and not call.attr.startswith(("set_", "save"))


def _is_statelike(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and "state" in node.id


def _is_random(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id in {"random", "jr", "jrandom"}) or (
        isinstance(node, ast.Attribute) and node.attr == "random"
    )


def _keys_made_inside(function: ast.AST) -> Iterator[tuple[str, Any]]:
    """`jax.random.key(0)` inside a function that is given a key."""
    if not isinstance(function, ast.FunctionDef | ast.Lambda):
        return
    named = [arg.arg for arg in function.args.args if arg.arg in {"key", "rng", "prng", "rng_key", "prng_key"}]
    for node in ast.walk(function):
        if named and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            constant = bool(node.args) and isinstance(node.args[0], ast.Constant)
            if node.func.attr in {"key", "PRNGKey"} and constant:
                yield "key-made-inside", node


def _numpy_random(function: ast.AST) -> Iterator[tuple[str, Any]]:
    """`np.random.normal()` in a function of a key."""
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "random"
            and isinstance(node.value, ast.Name)
            and node.value.id in {"np", "numpy"}
        ):
            yield "numpy-random", node


def _keys_not_advanced(function: ast.AST) -> Iterator[tuple[str, Any]]:
    """`jax.random.normal(key)` or `split(key)` in a loop that never gives `key` another value."""
    for loop in ast.walk(function):
        if isinstance(loop, ast.For | ast.While | ast.ListComp | ast.SetComp | ast.GeneratorExp):
            bound = {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and type(node.ctx) is ast.Store}
            bound |= {node.arg for node in ast.walk(loop) if isinstance(node, ast.arg)}
            for node in ast.walk(loop):
                if isinstance(node, ast.Call) and (name := _key_used_by(node)) and name not in bound:
                    yield "key-not-advanced", node


def _key_used_by(call: ast.Call) -> str:
    """The name of the key in `jax.random.normal(key, ...)`; "" for any other call, and for `fold_in`."""
    if not isinstance(call.func, ast.Attribute) or not _is_random(call.func.value):
        return ""
    first = call.args[0] if call.args else next((word.value for word in call.keywords if word.arg == "key"), None)
    return first.id if call.func.attr != "fold_in" and isinstance(first, ast.Name) else ""


_RULES: tuple[Callable[[ast.AST], Iterator[tuple[str, Any]]], ...] = (
    _dropped_results,
    _keys_made_inside,
    _numpy_random,
    _keys_not_advanced,
)
