"""Arrays and random keys <-> a description and raw bytes. What the wire between two processes is made with."""

import math
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab._data import DTYPE_NAMES, MAX_ENTRIES, is_key

MAX_DIMENSIONS = 16
MAX_EMPTY = 2**16
MAX_KEYS = 4096
_KEY_KINDS = {"fry": "threefry2x32", "rbg": "rbg", "unsafe_rbg": "unsafe_rbg", "urbg": "unsafe_rbg"}
_WIDE = frozenset({"int64", "uint64", "float64", "complex128"})
_WIDTHS = {"threefry2x32": 2, "rbg": 4, "unsafe_rbg": 4}


def pack_array(value: Any) -> tuple[dict[str, Any], np.ndarray]:
    """The description of an array or key, and its bytes as a contiguous NumPy array."""
    if is_key(value):
        numbers = np.ascontiguousarray(jax.random.key_data(value))
        kind = str(jax.random.key_impl(value))
        return {"a": "key", "d": _KEY_KINDS.get(kind, kind), "s": list(numbers.shape)}, numbers
    numbers = np.asarray(value)
    described = {"a": "jax" if isinstance(value, jax.Array) else "numpy", "d": numbers.dtype.name}
    return {**described, "s": list(numbers.shape)}, np.ascontiguousarray(numbers)


def array_size(described: dict[str, Any]) -> int:
    """How many bytes the described array has, in Python's own integers: nothing overflows.

    Raises:
        ValueError: the description is not one of an array that may pass.
    """
    kind, name, shape = described.get("a"), described.get("d"), described.get("s")
    if type(shape) is not list or len(shape) > MAX_DIMENSIONS:
        raise ValueError("not the shape of an array")
    if not all(type(n) is int and 0 <= n < 2**48 for n in shape):
        raise ValueError("not the shape of an array")
    if math.prod(max(n, 1) for n in shape) > (MAX_EMPTY if 0 in shape else MAX_ENTRIES):
        raise ValueError("an array of too many places")  # empty ones too: who walks along an axis walks for ever
    if kind == "key":
        if type(name) is not str or not shape or shape[-1] != _WIDTHS.get(name):
            raise ValueError("not a random key")
        if not 0 < math.prod(shape[:-1]) <= MAX_KEYS or len(shape) > 3:
            raise ValueError("not a reasonable number of random keys")
        return 4 * math.prod(shape)
    if kind not in ("jax", "numpy") or type(name) is not str or name not in DTYPE_NAMES:
        raise ValueError("not an array of numbers")
    return jnp.dtype(name).itemsize * math.prod(shape)


def unpack_array(described: dict[str, Any], data: memoryview) -> Any:
    """The array or key of a description that `array_size` accepted, from that many bytes: a copy of them."""
    kind, name, shape = described["a"], described["d"], described["s"]
    if kind == "key":
        return jax.random.wrap_key_data(jnp.asarray(_numbers("uint32", shape, data)), impl=name)
    numbers = _numbers(name, shape, data)
    if kind == "numpy":
        return numbers
    if name in _WIDE:
        # The other side may have switched 64 bit on; the check must see that, not a silently shortened copy.
        with jax.enable_x64(True):
            return jnp.asarray(numbers)
    return jnp.asarray(numbers)


def _numbers(dtype: str, shape: Sequence[int], data: memoryview) -> np.ndarray:
    if dtype == "bool":
        # A byte that is neither 0 nor 1 would count as true here and as a number there.
        return np.frombuffer(data, np.uint8).reshape(shape).astype(bool)
    return np.frombuffer(data, jnp.dtype(dtype)).reshape(shape).copy()
