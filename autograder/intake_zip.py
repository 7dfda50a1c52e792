"""A zip from a stranger: its members' names as plain parts, their bytes with a limit that holds.

Nothing is unpacked to disk, so a name such as `../../x` is only an odd label. What a zip says of a member's size is a
claim: it is refused by the claim, and once more by what really comes out. Links, encrypted members and rare methods of
compression are refused.
"""

import re
import stat
import zipfile
import zlib
from typing import IO

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OSError, OverflowError),
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class ZipRefusedError(Exception):
    """A zip or a member that cannot be taken. The message is a sentence that begins with a verb."""


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """The zip in `stream`, its table of contents read.

    Raises:
        ZipRefusedError: it is no zip, or a damaged one.
    """
    try:
        return zipfile.ZipFile(stream)
    except _BROKEN:
        raise ZipRefusedError("is not a zip that can be opened; it may be damaged. Zip the files again.") from None


def members(archive: zipfile.ZipFile) -> list[tuple[tuple[str, ...], zipfile.ZipInfo]]:
    """(parts of the name, member) of every file, in the order of their names."""
    named = [(_parts(info), info) for info in archive.infolist() if not info.is_dir()]
    return sorted(((parts, info) for parts, info in named if parts), key=lambda pair: pair[0])


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of one member.

    Raises:
        ZipRefusedError: it is no plain file, encrypted, packed in a rare way, damaged or larger than `limit` bytes.
    """
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise ZipRefusedError("is a link or a device inside the zip, not a file. Hand in the file itself.")
    if info.flag_bits & 1:
        raise ZipRefusedError("is encrypted. Zip it again without a password.")
    if info.compress_type not in _METHODS:
        raise ZipRefusedError("is packed in a way that is not read. Zip it again with the usual method (deflate).")
    if info.file_size > limit:
        raise ZipRefusedError(_too_large(limit))
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except _BROKEN:
        raise ZipRefusedError("is damaged inside the zip. Zip the files again.") from None
    if len(data) > limit:
        raise ZipRefusedError(_too_large(limit))
    return data


def _too_large(limit: int) -> str:
    return f"is larger than {limit / 1e6:g} MB. Clear its outputs, save it and hand it in again."


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The folders and the name, without what would lead out of a folder: drives, roots, dots."""
    pieces = re.split(r"[/\\]", re.sub(r"^[A-Za-z]:", "", _name(info)))
    return tuple(piece for piece in pieces if piece not in ("", ".", ".."))


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: many programs write UTF-8 and do not set the flag that says so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
