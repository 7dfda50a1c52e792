"""What no limit of the kernel's counts, looked at by the grader while it waits for a child: threads, and small files.

The child may be at work in its folder meanwhile. So no link is followed, nothing but folders is opened, and a look
costs no more than the child may have: it ends at the first entry too many.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.limits import MIB, Limits

_DEPTH = 32
_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True)
class Watch:
    """Says what a child has too much of.

    Attributes:
        pid: its process id.
        scratch: its folder.
        limits: what it may have.
    """

    pid: int
    scratch: Path
    limits: Limits

    def __call__(self) -> str:
        """What it has too much of, as the end of a sentence about it; "" where it keeps its limits."""
        if _threads(self.pid) > self.limits.most_threads:
            return f"it had more than {self.limits.most_threads} threads at once."
        return _Look(self.limits).into(self.scratch)


def _threads(pid: int) -> int:
    """How many threads a process has: those of a stranger may be counted, but not listed. 0 where that is not told."""
    try:
        return Path(f"/proc/{pid}/task").stat().st_nlink - 2
    except OSError:
        return 0


class _Look:
    """One look into a folder. Counts until there is too much."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._entries = 0
        self._bytes = 0

    def into(self, folder: Path) -> str:
        """What there is too much of in `folder`; "" where it is gone, or nobody but its owner may look."""
        if os.open not in os.supports_dir_fd:  # Windows, and only the practice level
            return ""
        try:
            top = os.open(folder, _FLAGS)
        except OSError:
            return ""
        return self._count(top, _DEPTH)

    def _count(self, fd: int, depth: int) -> str:
        """As `into`, for an open folder, which is closed afterwards."""
        try:
            with os.scandir(fd) as entries:
                return next(filter(None, (self._add(entry, fd, depth) for entry in entries)), "")
        finally:
            os.close(fd)

    def _add(self, entry: "os.DirEntry[str]", fd: int, depth: int) -> str:
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return ""  # it has been removed meanwhile
        is_folder = stat.S_ISDIR(status.st_mode)
        self._entries += 1
        self._bytes += 0 if is_folder else status.st_size
        if self._entries > self._limits.entries:
            return f"its folder held more than {self._limits.entries} files and folders."
        if self._bytes > self._limits.scratch:
            return f"its files took more than {self._limits.scratch // MIB} MiB together."
        return self._descend(entry.name, fd, depth - 1) if is_folder else ""

    def _descend(self, name: str, fd: int, depth: int) -> str:
        if depth == 0:
            return f"its folder held folders in folders, more than {_DEPTH} deep."
        try:
            inside = os.open(name, _FLAGS, dir_fd=fd)
        except PermissionError:
            return "its folder held one that may not be looked into."
        except OSError:
            return ""  # no folder any more
        return self._count(inside, depth)
