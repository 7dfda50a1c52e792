"""A training state as numbers that a file can hold, and back.

Flax turns a state into nested dictionaries and back, and compares the names in them. Here is what it leaves out: typed
keys, and whether dtypes and shapes are still the same.
"""

from typing import Any, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
from flax import serialization

from dlfb_lab._data import is_key

State = TypeVar("State")


def plain(state: Any) -> Any:
    """Any tree as nested dictionaries of arrays and numbers, each typed key as the numbers that it is made of."""
    return serialization.to_state_dict(jax.tree.map(_without_key, state))


def restored(template: State, saved: Any) -> State:
    """What `plain` made, in the form of `template`: a state of the same parts.

    Raises:
        ValueError: the parts differ. The text names the first one that does.
    """
    if difference := _difference(_parts(plain(template)), _parts(saved)):
        raise ValueError(difference)
    state: State = serialization.from_state_dict(jax.tree.map(_without_key, template), saved)
    return jax.tree.map(_like, template, state)  # type: ignore[no-any-return]


def _without_key(leaf: Any) -> Any:
    return jax.random.key_data(leaf) if is_key(leaf) else leaf


def _parts(state: Any) -> dict[str, str]:
    """The dtype and shape of every array in a nested dictionary, such as float32[3, 4]; "" for what is no array."""
    leaves = jax.tree_util.tree_leaves_with_path(state)
    return {jax.tree_util.keystr(path, simple=True, separator="/"): _form(leaf) for path, leaf in leaves}


def _form(leaf: Any) -> str:
    # The dtype that it has inside JAX: a state of NumPy arrays leaves its first compiled step with those.
    return f"{jax.dtypes.canonicalize_dtype(leaf.dtype)}{list(leaf.shape)}" if _is_array(leaf) else ""


def _difference(expected: dict[str, str], saved: dict[str, str]) -> str:
    """The first part that differs; "" where none does."""
    for name in [*expected, *saved]:
        if name not in saved:
            return f"{name} was not saved."
        if name not in expected:
            return f"{name} was saved, and is not there now."
        # A number that has become an array is no other part: compiled steps make arrays of numbers.
        if expected[name] and saved[name] and expected[name] != saved[name]:
            return f"{name} was saved as {saved[name]}, and is {expected[name]} now."
    return ""


def _like(model: Any, leaf: Any) -> Any:
    """A restored leaf as the kind of array that stands at its place in the template."""
    if is_key(model):
        return jax.random.wrap_key_data(jnp.array(leaf), impl=jax.random.key_impl(model))
    if not _is_array(leaf):
        return leaf
    if not _is_array(model) and leaf.shape == () and leaf.dtype == jnp.result_type(model):
        # What was a Python number before a compiled step is weakly typed after it.
        return jnp.asarray(leaf.item())
    # A copy, since the buffer of the file may not be donated to a compiled step.
    return leaf.copy() if isinstance(model, np.ndarray) else jnp.array(leaf)


def _is_array(leaf: Any) -> bool:
    return isinstance(leaf, np.ndarray | jax.Array)
