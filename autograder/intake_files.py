"""The files of a folder or a zip, read with care: what a student hands in may be a trap.

Only regular files are opened, none through a link, none past the size limit. Nothing of a zip is written to disk and
none of its names is used as a path. Whatever cannot be read stays in the list with a sentence on why, so that no
student is lost.
"""

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.intake_zip import ZipRefusedError, members, open_zip, read_member
from autograder.plain_text import one_line

# An output folder of the grader has the first three. It often lies in the class's own folder, and is nobody's hand-in.
_OUTPUT_MARKS = {".lock", "reports", "feedback"}
_OUTPUT = {*_OUTPUT_MARKS, "index.html", "scores.csv"}
_JUNK_FOLDERS = {"__macosx", "__pycache__"}
_JUNK_FILES = {"thumbs.db", "desktop.ini", "timestamp.txt"}  # the last is nbgrader's
# Windows knows none of the first three, others not the fourth.
_NEVER_THROUGH_A_LINK = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


@dataclass(frozen=True)
class IntakeLimits:
    """How much is taken in. A class is far below; what is above is an accident or an attack.

    Attributes:
        file_bytes: of one file.
        zip_bytes: of one zip, packed.
        files: in one given path, junk not counted.
        depth: of folders in folders.
        total_bytes: of all notebooks together.
        student_zip_bytes: of one zip in a folder: of itself, and of what it holds together. A bomb holds a lot.
        student_zip_files: in one zip in a folder, so that nobody's takes up the room of a whole class.
    """

    file_bytes: int = 10_000_000
    zip_bytes: int = 1_000_000_000
    files: int = 20_000
    depth: int = 12
    total_bytes: int = 2_000_000_000
    student_zip_bytes: int = 50_000_000
    student_zip_files: int = 1_000


class UnreadableError(Exception):
    """A file or folder that cannot be taken. The message is a sentence that begins with a verb: "is a link ..."."""


@dataclass(frozen=True)
class Found:
    """One file below a given path.

    Attributes:
        parts: its path below the given one, folder by folder, its own name last.
        source: where it was found, for a person to read.
        data: its bytes, if it is a notebook.
        problem: why there are none, one sentence; "" otherwise.
    """

    parts: tuple[str, ...]
    source: str
    data: bytes = b""
    problem: str = ""

    @property
    def is_notebook(self) -> bool:
        """Whether its name ends as a notebook's does."""
        return self.parts[-1].lower().endswith(".ipynb")

    @property
    def is_zip(self) -> bool:
        """Whether its name ends as a zip's does."""
        return self.parts[-1].lower().endswith(".zip")


def is_junk(parts: tuple[str, ...]) -> bool:
    """Whether a path is something that systems and editors leave behind: never anybody's answer."""
    *folders, name = (part.lower() for part in parts)
    hidden = any(part.startswith(".") or part in _JUNK_FOLDERS for part in folders) or name.startswith(".")
    return hidden or name in _JUNK_FILES or name.endswith((".pyc", "~"))


def files_below(folder: Path, limits: IntakeLimits) -> Iterator[Found]:
    """Every file below `folder` that is not junk, in the order of their names; zips opened one level deep.

    Raises:
        UnreadableError: the folder itself cannot be listed.
    """
    for parts, path, problem in _walk(folder, (), limits.depth):
        if is_junk(parts):
            continue
        found = Found(parts, one_line(str(path)), problem=problem)
        if found.is_zip and not problem:
            yield from _student_zip(found, path, limits)
        elif found.is_notebook and not problem:
            yield read_file(found, path, limits)
        else:
            yield found


def files_in_zip(path: Path, shown: str, limits: IntakeLimits) -> Iterator[Found]:
    """Every file in the zip at `path`, called `shown` to people, that is not junk, in the order of their names.

    Raises:
        UnreadableError: the zip itself cannot be read.
    """
    try:
        with os.fdopen(_open_regular(path, limits.zip_bytes), "rb") as stream, open_zip(stream) as archive:
            room = limits.total_bytes
            for parts, info in members(archive):
                if is_junk(parts):
                    continue
                found = Found(parts, one_line(f"{shown}: {'/'.join(parts)}"))
                if found.is_notebook and info.file_size > room:
                    most = f"{limits.total_bytes / 1e6:g} MB"
                    yield _refused(found, f"was not read: its zip holds more than {most}. Zip fewer notebooks.")
                    continue
                found = _from_zip(found, archive, info, limits)
                room -= len(found.data)  # never more than the size that it claims
                yield found
    except ZipRefusedError as error:
        raise UnreadableError(str(error)) from None
    except OSError as error:
        raise UnreadableError(_reason(error)) from None


def read_file(found: Found, path: Path, limits: IntakeLimits) -> Found:
    """`found` with the bytes of the file at `path`, or with the sentence on why they cannot be had."""
    try:
        with os.fdopen(_open_regular(path, limits.file_bytes), "rb") as stream:
            data = stream.read(limits.file_bytes + 1)
        if len(data) > limits.file_bytes:  # it grew while it was read
            raise UnreadableError(_too_large(limits.file_bytes))
        return replace(found, data=data)
    except UnreadableError as error:
        return _refused(found, str(error))
    except OSError as error:
        return _refused(found, _reason(error))


def _walk(folder: Path, above: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Path, str]]:
    """(path below the start, path, problem) of every file; a folder that cannot be listed counts as a file."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        if not above:
            raise UnreadableError(_reason(error)) from None
        yield above, folder, f"{one_line(str(folder))} {_reason(error)}"
        return
    ours = _OUTPUT if {entry.name for entry in entries} >= _OUTPUT_MARKS else set()
    for entry in entries:
        if entry.name in ours:
            continue
        parts, path = (*above, entry.name), Path(entry.path)
        if not entry.is_dir(follow_symlinks=False):
            problem = ""
        elif is_junk(parts):
            continue
        elif depth > 0:
            yield from _walk(path, parts, depth - 1)
            continue
        else:
            problem = f"{one_line(str(path))} lies too many folders deep. Hand in a flatter folder."
        yield parts, path, problem


def _student_zip(found: Found, path: Path, limits: IntakeLimits) -> Iterator[Found]:
    """The files of a zip inside a folder, as if it had been unpacked into a folder of its own name."""
    most = limits.student_zip_bytes
    own = replace(limits, zip_bytes=min(most, limits.zip_bytes), total_bytes=min(most, limits.total_bytes))
    try:
        for number, inner in enumerate(files_in_zip(path, found.source, own)):
            if number == limits.student_zip_files:
                raise UnreadableError(f"holds more than {number} files; the rest was not read. Zip fewer files.")
            yield replace(inner, parts=(*found.parts[:-1], found.parts[-1][:-4], *inner.parts))
    except UnreadableError as error:
        yield _refused(found, str(error))


def _from_zip(found: Found, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: IntakeLimits) -> Found:
    if found.is_zip:
        return _refused(found, "is a zip inside a zip, which is not opened. Hand in the notebook itself.")
    if not found.is_notebook:
        return found
    try:
        return replace(found, data=read_member(archive, info, limits.file_bytes))
    except ZipRefusedError as error:
        return _refused(found, str(error))


def _open_regular(path: Path, limit: int) -> int:
    """A descriptor of the regular file at `path`. Looks before it opens: to open a device can do things already."""
    _require_regular(path.lstat(), limit)
    descriptor = os.open(path, os.O_RDONLY | _NEVER_THROUGH_A_LINK)
    try:
        _require_regular(os.fstat(descriptor), limit)  # it may have been exchanged in between
    except UnreadableError:
        os.close(descriptor)
        raise
    return descriptor


def _require_regular(status: os.stat_result, limit: int) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise UnreadableError("is a link, not a file. Hand in the file itself.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("is not a regular file, so it is not opened. Hand in a notebook.")
    if status.st_size > limit:
        raise UnreadableError(_too_large(limit))


def _too_large(limit: int) -> str:
    return f"is larger than {limit / 1e6:g} MB. Clear its outputs, save it and hand it in again."


def _refused(found: Found, why: str) -> Found:
    return replace(found, problem=f"{one_line(found.parts[-1])} {why}")


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied. Give yourself the right to read it and grade again."
    return f"cannot be read: {error.strerror or error}. Look at it, then grade again."
