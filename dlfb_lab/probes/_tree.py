"""The probe that reads the leaves of any tree of JAX's: parameters, states of models and optimizers, NamedTuples."""

import sys
from typing import Any

import jax

from dlfb_lab._data import is_jax_data, is_numpy_data
from dlfb_lab.probes._forms import no_sense
from dlfb_lab.probes._registry import probe

_flatten, _as_text = jax.tree_util.tree_flatten_with_path, jax.tree_util.keystr


def tree(value: Any) -> dict[str, Any] | None:
    """The leaves of `value` by their paths, such as `{"Dense_0/kernel": f32[3, 4], "Dense_0/bias": f32[4]}`.

    Reads plain dictionaries, lists and tuples, NamedTuples, FrozenDicts, TrainStates (their leaves alone: the model
    and the optimizer are none), optimizer states, and nnx models and states. Nested levels are joined by "/"; places in
    a list or tuple are numbers; None has no leaves. A leaf that is no plain data comes as a handle.

    Returns None for what is no tree: a function, an object, a text. An array by itself, or a number, is the leaf `""`.
    Measured: under 1 ms for a small model.
    """
    got = leaves_by_path(value)
    if got is not None and (type(got) is not dict or not all(type(path) is str for path in got)):
        raise no_sense("The leaves of a tree were expected, by their paths.")
    found: dict[str, Any] | None = got
    return found


@probe
def leaves_by_path(value: Any) -> dict[str, Any] | None:
    """What `tree` returns. Runs where the answer lives."""
    found, _ = _flatten(value, is_leaf=_is_variable)
    if any(leaf is value and not _is_number(_content(leaf)) for _, leaf in found):
        return None
    return {_as_text(path, simple=True, separator="/"): _content(leaf) for path, leaf in found}


def _is_number(value: Any) -> bool:
    return is_jax_data(value) or is_numpy_data(value) or type(value) in (bool, int, float)


def _is_variable(part: Any) -> bool:
    """Whether `part` is a variable of nnx. Where nobody has imported nnx there is none, and importing it takes long."""
    nnx = sys.modules.get("flax.nnx")
    return nnx is not None and isinstance(part, nnx.Variable)


def _content(leaf: Any) -> Any:
    return leaf[...] if _is_variable(leaf) else leaf
