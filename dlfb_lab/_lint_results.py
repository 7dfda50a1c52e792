"""Lines that compute something and throw it away, or apply a function once too often."""

import ast
import re
from collections.abc import Iterator

from dlfb_lab._lint_keys import is_random
from dlfb_lab._lint_names import Found, Function, dotted

# Methods of `x.at[i]` whose result must be kept.
_AT_METHODS = frozenset(["set", "add", "subtract", "multiply", "mul", "divide", "power", "min", "max", "apply", "get"])
# Functions of jax.random that only make new keys.
_KEY_MAKERS = frozenset({"split", "fold_in"})
_FROZEN_METHODS = frozenset({"replace", "apply_gradients"})
# Names of what has an `update` that returns the new one. A dictionary's changes it, and is called otherwise.
_UPDATED = re.compile(r"(^|_)(es|tx|opt|optimi[sz]er|stop|stopp(er|ing))$")
_LOSSES = {
    "softmax": re.compile(r"(^|\.)\w*softmax_cross_entropy\w*$"),
    "sigmoid": re.compile(r"(^|\.)(sigmoid_binary_cross_entropy|sigmoid_focal_loss)$"),
}


def dropped_results(function: Function) -> Found:
    """`x.at[i].set(v)` or `random.split(key)` as a statement of its own."""
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Attribute)
        ):
            name = _dropped(node.value.func)
            if name:
                yield name, node


def _dropped(call: ast.Attribute) -> str:
    """What is lost when the result of `call` is; "" where nothing is."""
    if (call.attr in _AT_METHODS and _is_at(call.value)) or _is_made_by_jnp(call):
        return "dropped-result"
    if call.attr in _FROZEN_METHODS and _is_statelike(call.value):
        return "dropped-state"
    if call.attr in _KEY_MAKERS and is_random(call.value):
        return "dropped-key"
    updated = call.attr == "update" and _UPDATED.search(dotted(call.value).rpartition(".")[2])
    return "dropped-update" if updated or dotted(call) == "optax.apply_updates" else ""


def _is_at(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "at"


def _is_made_by_jnp(call: ast.Attribute) -> bool:
    """`jnp.where`, and all of `jnp` but what is called for its effect, such as `jnp.set_printoptions`."""
    return isinstance(call.value, ast.Name) and call.value.id == "jnp" and not call.attr.startswith(("set_", "save"))


def _is_statelike(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and "state" in node.id


def activated_twice(function: Function) -> Found:
    """`jax.nn.softmax(logits)` that ends up in a loss which applies softmax itself."""
    for kind, loss in _LOSSES.items():
        named = _assigned_from(function, kind)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and loss.search(dotted(node.func)) and node.args:
                logits = node.args[0]
                if (isinstance(logits, ast.Name) and logits.id in named) or _is_call_of(logits, kind):
                    yield f"{kind}-twice", node


def _assigned_from(function: Function, kind: str) -> set[str]:
    """The names that hold nothing but the result of `kind`."""
    values: dict[str, list[bool]] = {}
    for name, value in _assignments(function):
        values.setdefault(name, []).append(_is_call_of(value, kind))
    return {name for name, are_calls in values.items() if all(are_calls)}


def _assignments(function: Function) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _is_call_of(node: ast.AST, kind: str) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] == kind
