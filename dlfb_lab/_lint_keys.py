"""Lines that show a mistake with random keys."""

import ast

from dlfb_lab._lint_names import Found, Function, bound, dotted, parameters, repeated

_KEY_NAMES = frozenset({"key", "rng", "prng", "rng_key", "prng_key"})


def keys_made_inside(function: Function) -> Found:
    """`jax.random.key(0)` inside a function that is given a key."""
    if not _KEY_NAMES & set(parameters(function)):
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            constant = bool(node.args) and isinstance(node.args[0], ast.Constant)
            if node.func.attr in {"key", "PRNGKey"} and constant:
                yield "key-made-inside", node


def numpy_random(function: Function) -> Found:
    """`np.random.normal()`."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and dotted(node) in {"np.random", "numpy.random"}:
            yield "numpy-random", node


def keys_not_advanced(function: Function) -> Found:
    """`jax.random.normal(key)` or `split(key)` in a loop that never gives `key` another value."""
    for loop, nodes in repeated(function):
        names = bound(loop)
        for node in nodes:
            if isinstance(node, ast.Call) and (name := _key_used_by(node)) and name not in names:
                yield "key-not-advanced", node


def _key_used_by(call: ast.Call) -> str:
    """The name of the key in `jax.random.normal(key, ...)`; "" for any other call, and for `fold_in`."""
    if not isinstance(call.func, ast.Attribute) or not is_random(call.func.value):
        return ""
    first = call.args[0] if call.args else next((word.value for word in call.keywords if word.arg == "key"), None)
    return first.id if call.func.attr != "fold_in" and isinstance(first, ast.Name) else ""


def is_random(node: ast.AST) -> bool:
    """Whether `node` names `jax.random`, under one of its usual names."""
    return (isinstance(node, ast.Name) and node.id in {"random", "jr", "jrandom"}) or (
        isinstance(node, ast.Attribute) and node.attr == "random"
    )
