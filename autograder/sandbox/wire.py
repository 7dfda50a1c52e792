"""Plain data <-> bytes. The only form in which anything crosses between the grader and a student's process.

A message is the length of its header (4 bytes, little-endian), the header (JSON), and the buffers of its arrays one
after the other. In the header, numbers, texts, true, false and null stand for themselves and a JSON list for a list;
everything else is an object with one tag:

    {"t": [...]}   tuple           {"m": [[key, value] ...]}   dict           {"f": "nan" | "inf" | "-inf"}   float
    {"a": "jax" | "numpy" | "key", "d": dtype, "s": shape}                    array or random key: the next buffer
    {"r": number, "k": kind}       reference to an object of the student's process
    {"p": serial, "n": name, "v": [...]}    prop; accepted only in the student's process

Everything is checked before it is built: sizes with Python's own integers, depth, number of parts, types to the letter.
Only `ProtocolError` can come out. Nothing here unpickles, evaluates, or opens anything.
"""

import json
import math
from collections.abc import Callable
from typing import Any

from dlfb_lab._arrays import array_size, pack_array, unpack_array
from dlfb_lab._data import MAX_DEPTH, MAX_INT, Data, PropRef, Ref

MESSAGE_LIMIT = 64 * 2**20
# Of what a student's process says: a byte of JSON can cost fifty to read. Arrays do not count.
HEADER_LIMIT = 2 * 2**20
MAX_KEY_SHAPES = 32
_MAX_PARTS = 25_000
_DEPTH = MAX_DEPTH + 8
_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class ProtocolError(ValueError):
    """Bytes that are not a message. From a student's process this is the student's; it is never a crash of ours."""


def encode(value: Data, *, header_limit: int = MESSAGE_LIMIT) -> list[bytes | memoryview]:
    """The buffers of one message, to be sent one after the other. `value` must be plain data.

    Raises:
        ProtocolError: the message would be larger than 64 MiB, or its header than `header_limit` bytes.
    """
    arrays: list[Any] = []
    header = json.dumps(_tagged(value, arrays), separators=(",", ":"), allow_nan=False).encode("ascii")
    if len(header) > header_limit:
        raise ProtocolError(
            f"a value of {len(header) / 2**20:.0f} MiB without its arrays is too large to pass; "
            f"the limit is {header_limit / 2**20:.0f} MiB"
        )
    size = 4 + len(header) + sum(array.nbytes for array in arrays)
    if size > MESSAGE_LIMIT:
        raise ProtocolError(f"a value of {size / 2**20:.0f} MiB is too large to pass; the limit is 64 MiB")
    buffers = [memoryview(array.reshape(-1).view("uint8")) for array in arrays if array.nbytes]
    return [len(header).to_bytes(4, "little"), header, *buffers]


def _tagged(value: Data, arrays: list[Any]) -> Any:
    kind = type(value)
    if value is None or kind in (bool, int, str):
        return value
    if kind is float:
        return value if math.isfinite(value) else {"f": repr(value)}
    if kind is list:
        return [_tagged(part, arrays) for part in value]
    if kind is tuple:
        return {"t": [_tagged(part, arrays) for part in value]}
    if kind is dict:
        return {"m": [[key, _tagged(part, arrays)] for key, part in value.items()]}
    if kind is Ref:
        return {"r": value.number, "k": value.kind}
    if kind is PropRef:
        return {"p": value.serial, "n": value.name, "v": list(value.args)}
    described, numbers = pack_array(value)
    arrays.append(numbers)
    return described


def decode(
    message: bytes | bytearray,
    *,
    allow_props: bool = False,
    text_limit: int = 64 * 1024,
    header_limit: int = HEADER_LIMIT,
    key_shapes: set[tuple[int, ...]] | None = None,
) -> Data:
    """The value of one message.

    Args:
        message: its bytes.
        allow_props: whether props may be named: only on the student's side.
        text_limit: the longest text accepted, in characters.
        header_limit: the longest header accepted, in bytes: reading it takes time and memory before any other limit.
        key_shapes: the shapes of random keys seen so far from this sender, which are limited in number: JAX compiles
            a program for each, and keeps it.

    Raises:
        ProtocolError: it is not a message.
    """
    view = memoryview(message)
    length = int.from_bytes(view[:4], "little")
    if len(view) < 4 or length > len(view) - 4:
        raise ProtocolError("the message is shorter than its header")
    if length > header_limit:
        raise ProtocolError("a header too long")
    reader = _Reader(view[4 + length :], allow_props, text_limit, set() if key_shapes is None else key_shapes)
    try:
        value = reader.build(_parse(bytes(view[4 : 4 + length])), 0)
    except ProtocolError:
        raise
    except (ValueError, TypeError, KeyError, RuntimeError, OverflowError, MemoryError, AttributeError) as error:
        raise ProtocolError(f"not a message: {type(error).__name__}") from error
    if reader.rest:
        raise ProtocolError("bytes are left over after the last array")
    return value


def _parse(header: bytes) -> Any:
    return json.loads(header, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_unique)


def _refuse(text: str) -> Any:
    raise ProtocolError(f"{text} is not allowed in a header")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ProtocolError("a number beyond all floats")
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ProtocolError("a key occurs twice")
    return made


class _Reader:
    """Builds the value of one header, taking array bytes off the front of `rest`."""

    def __init__(self, rest: memoryview, allow_props: bool, text_limit: int, key_shapes: set[tuple[int, ...]]) -> None:
        self.key_shapes = key_shapes
        self.rest = rest
        self.allow_props = allow_props
        self.text_limit = text_limit
        self.parts = 0
        self._by_tag: dict[str, tuple[frozenset[str], Callable[[dict[str, Any], int], Any]]] = {
            "t": (frozenset("t"), lambda node, depth: tuple(self._list(node["t"], depth))),
            "m": (frozenset("m"), self._dict),
            "f": (frozenset("f"), lambda node, depth: _FLOATS[node["f"]]),
            "a": (frozenset("ads"), lambda node, depth: self._array(node)),
            "r": (frozenset("rk"), lambda node, depth: Ref(_count(node["r"]), self._text(node["k"])[:80])),
            "p": (frozenset("pnv"), self._prop),
        }

    def build(self, node: Any, depth: int) -> Data:
        self.parts += 1
        if depth > _DEPTH or self.parts > _MAX_PARTS:
            raise ProtocolError("nested too deeply, or too many parts")
        kind = type(node)
        if node is None or kind is bool or kind is float:
            return node
        if kind is int:
            return _count(node, -MAX_INT)
        if kind is str:
            return self._text(node)
        if kind is list:
            return self._list(node, depth)
        for tag, (names, build) in self._by_tag.items():
            if tag in node:
                if node.keys() != names:
                    raise ProtocolError("an object with other parts than its tag has")
                return build(node, depth)
        raise ProtocolError("an object without a tag")

    def _list(self, nodes: Any, depth: int) -> list[Data]:
        if type(nodes) is not list:
            raise ProtocolError("not a list")
        return [self.build(node, depth + 1) for node in nodes]

    def _dict(self, node: dict[str, Any], depth: int) -> dict[str | int, Data]:
        made: dict[str | int, Data] = {}
        for key, value in node["m"]:
            if type(key) not in (str, int) or key in made:
                raise ProtocolError("not the keys of a dict")
            name = self._text(key) if type(key) is str else _count(key, -MAX_INT)
            made[name] = self.build(value, depth + 1)
        return made

    def _text(self, text: Any) -> str:
        if type(text) is not str or len(text) > self.text_limit:
            raise ProtocolError("not a text, or one too long")
        # Lone surrogates pass JSON but no other encoding: they would break whatever writes the text later.
        return text.encode("utf-8", "replace").decode("utf-8")

    def _array(self, described: dict[str, Any]) -> Any:
        size = array_size(described)
        if described["a"] == "key":
            self.key_shapes.add(tuple(described["s"]))
            if len(self.key_shapes) > MAX_KEY_SHAPES:
                raise ProtocolError("random keys of too many shapes")
        if size > len(self.rest):
            raise ProtocolError("an array larger than the message")
        data, self.rest = self.rest[:size], self.rest[size:]
        return unpack_array(described, data)

    def _prop(self, node: dict[str, Any], depth: int) -> PropRef:
        if not self.allow_props:
            raise ProtocolError("a prop from the student's side")
        return PropRef(_count(node["p"]), self._text(node["n"]), tuple(self._list(node["v"], depth)))


def _count(number: Any, least: int = 0) -> int:
    if type(number) is not int or not least <= number < MAX_INT:
        raise ProtocolError("not a number in range")
    return number
