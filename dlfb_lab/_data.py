"""What may pass between a check and an answer: plain data, and references to what is not data.

A check and the answer it looks at may live in two processes. So only values that mean the same on both sides may pass:
None, bool, int, float, str, list, tuple, dict, NumPy and JAX arrays, and random keys. Everything else stays where it
is and passes as a reference: a `Ref` out of the student's process, a `PropRef` into it.

Only *exact* built-in types are data. A NamedTuple that came back as a tuple could not go in again, and a subclass of
`float` may answer `==` as it likes; both stay on their side behind a `Ref`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np

_JITTED = type(jax.jit(lambda: None))

Data: TypeAlias = Any
"""Plain data, as described above. Python has no type for it that is worth its length."""

MAX_DEPTH = 32
MAX_NODES = 20_000
MAX_ENTRIES = 2**26
MAX_INT = 2**63
MAX_TEXT = 64 * 1024
DTYPE_NAMES = frozenset(
    (
        "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128 "
        "bfloat16 float8_e4m3fn float8_e5m2 int4 uint4"
    ).split()
)


@dataclass(frozen=True)
class Ref:
    """An object of the student's process, which stays there. `kind` is the name of its type, for messages."""

    number: int
    kind: str


@dataclass(frozen=True)
class PropRef:
    """A prop: the object that `dlfb_lab.props` builds from this name and these arguments, once per `serial`."""

    serial: int
    name: str
    args: tuple[Any, ...]


class TooMuchData(ValueError):
    """A value nested too deeply, of too many parts, or with too large arrays, to be passed."""


Stand = Callable[[Any], Any]
"""What to put in the place of a value that is not data. May raise instead."""


def copy_data(value: Any, stand: Stand) -> Data:
    """A copy of `value` that shares no mutable part with it, with `stand(part)` for each part that is not data.

    Raises:
        TooMuchData: deeper than 32 levels, more than 20,000 parts, or more than 2**26 entries in all its arrays.
    """
    return _Copier(stand).copy(value, 0)


class _Copier:
    """One walk over one value; counts its parts, and the entries of its arrays."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.nodes = 0
        self.entries = 0

    def copy(self, value: Any, depth: int) -> Data:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise TooMuchData(f"a value nested deeper than {MAX_DEPTH} levels or of more than {MAX_NODES} parts")
        kind = type(value)
        if _is_atom(value, kind):
            return value
        if kind is list:
            return [self.copy(part, depth + 1) for part in value]
        if kind is tuple:
            return tuple(self.copy(part, depth + 1) for part in value)
        if kind is dict and all(_is_dict_key(key) for key in value):
            return {key: self.copy(part, depth + 1) for key, part in value.items()}
        if is_numpy_data(value):
            self._count(value)
            return np.array(value)
        if is_jax_data(value):
            self._count(value)
            # JAX arrays never change, so the same one may be shared; but an answer may donate (delete) what it gets.
            return value.copy()
        return self.stand(value)

    def _count(self, array: Any) -> None:
        """Before it is copied: `np.broadcast_to` makes arrays that are larger than all memory."""
        self.entries += math.prod(array.shape)
        if self.entries > MAX_ENTRIES:
            raise TooMuchData(f"arrays of more than {MAX_ENTRIES:,} entries together")


def _is_atom(value: Any, kind: type) -> bool:
    if value is None or kind is bool or kind is float or kind is Ref or kind is PropRef:
        return True
    if kind is int:
        return bool(-MAX_INT <= value < MAX_INT)
    return kind is str and len(value) <= MAX_TEXT


def _is_dict_key(key: Any) -> bool:
    return type(key) is str or (type(key) is int and -MAX_INT <= key < MAX_INT)


def is_numpy_data(value: Any) -> bool:
    """Whether `value` is a NumPy array or scalar of numbers (no subclass, no object or text array)."""
    return (type(value) is np.ndarray or isinstance(value, np.generic)) and value.dtype.name in DTYPE_NAMES


def is_jax_data(value: Any) -> bool:
    """Whether `value` is a concrete JAX array or a random key; a tracer is not."""
    return isinstance(value, jax.Array) and not isinstance(value, jax.core.Tracer)


def is_key(value: Any) -> bool:
    """Whether `value` is a typed random key, as made by `jax.random.key`."""
    return isinstance(value, jax.Array) and bool(jnp.issubdtype(value.dtype, jax.dtypes.prng_key))


def is_jitted(value: Any) -> bool:
    """Whether `value` is what `jax.jit` returns. Asks its type alone: `jax.stages.Wrapped` would ask for attributes."""
    return issubclass(type(value), _JITTED)


def is_data(value: Any) -> bool:
    """Whether every part of `value` is plain data."""

    def refuse(part: Any) -> Any:
        raise _NotData

    try:
        copy_data(value, refuse)
    except (_NotData, TooMuchData):
        return False
    return True


class _NotData(Exception):
    """Ends the walk of `is_data` at the first part that is not data."""


def kind_of(value: Any) -> str:
    """The name of the type of `value`, as a message should say it."""
    if isinstance(value, jax.core.Tracer):
        return "JAX tracer"
    # Asked of `type` itself: a class of the student's may have a class of its own, which answers as it likes.
    name: str = type.__dict__["__name__"].__get__(type(value))
    return name if len(name) <= 80 else "object"


def with_article(kind: str) -> str:
    """What a sentence says for a kind: "a tuple", "an int", and "None" for "NoneType"."""
    if kind == "NoneType":
        return "None"
    return f"an {kind}" if kind[:1].lower() in "aeio" or kind == "ndarray" else f"a {kind}"
