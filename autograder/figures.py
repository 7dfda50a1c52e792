"""What a student's process says are its notebook's figures -> images that a page may show.

The bytes are never decoded here: that is for the browser of whoever looks. They are read chunk by chunk, and written
anew with the chunks alone that hold pixels: no text, no date, no animation, nothing behind the end.
"""

import zlib
from collections.abc import Container, Iterator

import numpy as np

from autograder.report.record import Figure
from dlfb_lab._data import Data

MAX_FIGURES = 4
MAX_BYTES = 60_000
MAX_SIDE = 1_000
# The most that a reply with figures may be, checked before a byte of it is read.
REPLY_LIMIT = MAX_FIGURES * (MAX_BYTES + 4_000)
SECONDS = 2.0

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


def read_figures(reply: Data, cells: Container[int]) -> tuple[Figure, ...]:
    """The figures in a child's reply, in its order; whatever is none is left out.

    Args:
        reply: what should be `[[cell, text, uint8[bytes of a PNG]], ...]`.
        cells: the numbers of the cells whose figures were asked for.
    """
    items = reply[:MAX_FIGURES] if type(reply) is list else []
    return tuple(figure for item in items if (figure := _figure(item, cells)) is not None)


def _figure(item: Data, cells: Container[int]) -> Figure | None:
    if type(item) is not list or [type(part) for part in item[:2]] != [int, str] or len(item) != 3:
        return None
    cell, says, image = item
    if cell not in cells or type(image) is not np.ndarray or image.dtype != np.uint8:
        return None
    png = clean_png(image.tobytes())
    return None if png is None else Figure(cell, says[:500], png)


def clean_png(data: bytes) -> bytes | None:
    """The PNG in `data` with its pixels and nothing else; None if it is no such image, or one too large."""
    if not data.startswith(_SIGNATURE) or len(data) > MAX_BYTES:
        return None
    chunks = list(_chunks(data[len(_SIGNATURE) :]))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or names.count(b"IHDR") != 1 or b"IDAT" not in names:
        return None
    return _SIGNATURE + b"".join(_packed(*chunk) for chunk in chunks) if _fits(chunks[0][1]) else None


def _chunks(rest: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kept chunks up to the first that ends the image, is damaged or cut short."""
    while len(rest) >= 12:
        length = int.from_bytes(rest[:4], "big")
        name, body, check = rest[4:8], rest[8 : 8 + length], rest[8 + length : 12 + length]
        if check != _checksum(name, body):
            return
        if name in _KEPT:
            yield name, body
        if name == b"IEND":
            return
        rest = rest[12 + length :]


def _checksum(name: bytes, body: bytes) -> bytes:
    return zlib.crc32(name + body).to_bytes(4, "big")


def _packed(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + _checksum(name, body)


def _fits(header: bytes) -> bool:
    """Whether the image is small enough to be shown, whatever its pixels unpack to."""
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    return len(header) == 13 and 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE
