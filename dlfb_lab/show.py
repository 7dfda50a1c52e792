"""A model's parameters at a glance: which arrays there are, of which dtype and shape, and not their thousand numbers.

    print_short_dict(model.init(key, x))
    {'params': {'bias': f32[1] [0.], 'kernel': f32[1,1] [[-0.522]]}}

But: what is neither a dictionary, a list, a tuple nor an array is shown as Python shows it, cut where it is long.
"""

import re
from collections.abc import Mapping
from typing import Any

import jax
import numpy as np

from dlfb_lab._data import is_key

WIDTH = 100
# An array of at most this many numbers is shown with them.
FEW = 3
_REPR_LIMIT = 60
_LETTERS = {"float": "f", "int": "i", "uint": "u", "complex": "c", "bfloat": "bf"}


def print_short_dict(tree: Any, *, indent: int = 2) -> None:
    """Print a nested dictionary of arrays: each by its name, dtype and shape, and with its numbers if they are few.

    Works inside `jit` too, where an array has a dtype and a shape, and no numbers yet.

    Args:
        tree: dictionaries, lists and tuples of arrays, such as the variables of a Flax model or an Optax state.
        indent: how many spaces each level is moved in, where one line is too short.
    """
    print(short(tree, indent=indent))


def short(tree: Any, *, indent: int = 2) -> str:
    """What `print_short_dict` prints: on one line if it fits, else one line an entry."""
    return _short(tree, " " * indent, WIDTH)


def _short(tree: Any, indent: str, width: int) -> str:
    """`tree` in lines of `width` columns where its entries allow that."""
    whole = _leaf(tree)
    if whole:
        return whole
    before, after = _brackets(tree)
    inner = [name + _short(value, indent, width - len(indent) - len(name)) for name, value in _entries(tree)]
    line = before + ", ".join(inner) + after
    if "\n" not in line and len(line) <= width:
        return line
    return "\n".join([before, *(indent + entry.replace("\n", "\n" + indent) + "," for entry in inner), after])


def _leaf(tree: Any) -> str:
    """An array, or what is shown as Python shows it, in one line; "" for what has entries."""
    if hasattr(tree, "shape") and hasattr(tree, "dtype"):
        return _array(tree)
    if isinstance(tree, Mapping | list | tuple):
        return ""
    text = repr(tree)
    return text if len(text) <= _REPR_LIMIT else text[:_REPR_LIMIT] + "..."


def _array(array: Any) -> str:
    """f32[2,3], and the numbers of a small one."""
    kind = re.sub(r"^([a-z]+?)(\d+)$", lambda found: _LETTERS.get(found[1], found[1]) + found[2], str(array.dtype))
    described = f"{kind}[{','.join(map(str, array.shape))}]"
    has_numbers = isinstance(array, np.ndarray | np.generic | jax.Array) and not isinstance(array, jax.core.Tracer)
    if not has_numbers or is_key(array) or not 1 <= array.size <= FEW:
        return described
    return f"{described} {np.array2string(np.asarray(array), precision=3, separator=', ').replace(chr(10), '')}"


def _brackets(tree: Any) -> tuple[str, str]:
    if isinstance(tree, Mapping):
        return "{", "}"
    if isinstance(tree, list):
        return "[", "]"
    return (f"{type(tree).__name__}(" if hasattr(tree, "_fields") else "("), ")"


def _entries(tree: Any) -> list[tuple[str, Any]]:
    """Each entry with what stands before it: its key in a dictionary, its name in a named tuple, else nothing."""
    if isinstance(tree, Mapping):
        return [(f"{key!r}: ", value) for key, value in tree.items()]
    fields = getattr(tree, "_fields", None)
    names = [f"{field}=" for field in fields] if fields else [""] * len(tree)
    return list(zip(names, tree, strict=True))
