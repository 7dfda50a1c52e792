"""Removing a folder that a student's process has filled.

Symbolic links are removed, never followed. Depth does not matter: a folder inside a folder is first moved to the top,
so that a chain of a hundred thousand folders needs neither recursion nor as many descriptors. Nobody else may be at
work in the folder: its processes are dead by now.
"""

import contextlib
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def remove(folder: Path) -> None:
    """Remove `folder` and everything in it, as far as this user may. Nothing happens if it is gone already."""
    if os.open not in os.supports_dir_fd:  # Windows: no descriptors of folders, and only the practice level
        shutil.rmtree(folder, ignore_errors=True)
        return
    with contextlib.suppress(FileNotFoundError):
        top = _open(folder, None)
        try:
            _empty(top)
        finally:
            os.close(top)
        folder.rmdir()


def _empty(top: int) -> None:
    fresh = (f".removed-{number}" for number in itertools.count())
    while names := os.listdir(top):
        for name in names:
            if not _unlinked(name, top):
                _flatten(name, top, fresh)
                os.rmdir(name, dir_fd=top)


def _flatten(name: str, top: int, fresh: Iterator[str]) -> None:
    """Take everything out of the folder `name`: files go, folders come up to the top."""
    inside = _open(name, top)
    try:
        for entry in os.listdir(inside):  # noqa: PTH208 - by descriptor, which no path can divert
            if not _unlinked(entry, inside):
                os.close(_open(entry, inside))  # moving a folder needs the right to write in it
                os.rename(entry, next(fresh), src_dir_fd=inside, dst_dir_fd=top)
    finally:
        os.close(inside)


def _unlinked(name: str, folder: int) -> bool:
    """Remove anything but a folder; whether it was not a folder."""
    try:
        os.unlink(name, dir_fd=folder)
    except (IsADirectoryError, PermissionError):  # macOS says the latter
        return False
    return True


def _open(name: str | Path, folder: int | None) -> int:
    """Open a folder, never through a link; also one that its owner may not read."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(name, flags, dir_fd=folder)
    except PermissionError:
        os.chmod(name, 0o700, dir_fd=folder)
        return os.open(name, flags, dir_fd=folder)
