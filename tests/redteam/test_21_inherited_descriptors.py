"""A notebook looks for descriptors that were left open, by which it could go where no path leads it."""

import os
import stat
from pathlib import Path

from arena import WALLS
from threat import Threat

# The grader holds a folder with a secret open, as a descriptor that its children may inherit (see `canary`).
LOOKS = """
import os, stat
loot = {}
for fd in range(1024):
    try:
        status = os.fstat(fd)
    except OSError:
        continue
    kind = stat.filemode(status.st_mode)[0]
    loot[fd] = f"c {os.major(status.st_rdev)}:{os.minor(status.st_rdev)}" if kind == "c" else kind
"""
READS = """
read = []
for fd, kind in loot.items():
    try:
        read += os.listdir(fd) if kind == "d" else [os.pread(fd, 100, 0).decode()] if kind == "-" else []
    except OSError as error:
        read.append(type(error).__name__)
"""

THREAT = Threat(
    21,
    "Descriptors left open: folders, files, sockets, a terminal",
    "All but the two pipes of its wire are closed; the standard streams are /dev/null.",
    "whatever is open in the server that starts the kernel and can be inherited",
)


def test_there_is_the_wire_and_nothing_else(arena):
    loot = arena.loot(LOOKS)
    null = Path(os.devnull).stat()
    nowhere = f"c {os.major(null.st_rdev)}:{os.minor(null.st_rdev)}"
    assert [loot.pop(fd) for fd in (0, 1, 2)] == [nowhere] * 3
    assert list(loot.values()) == ["p", "p"]


def test_without_that_layer_there_would_be_more(arena):
    """The fork server's own: its socket to the grader, and the file it writes complaints to."""
    loot = arena.told("loot", LOOKS, without=(*WALLS, "descriptors"))
    assert "s" in loot.values()


def test_the_grader_has_what_could_be_inherited(arena):
    held = [int(path.name) for path in Path("/proc/self/fd").iterdir()]
    folders = [fd for fd in held if _is_open_folder(fd) and os.get_inheritable(fd)]
    assert any(Path(f"/proc/self/fd/{fd}/canary").exists() for fd in folders)
    assert arena.loot(LOOKS, READS, name="read") == []


def _is_open_folder(fd):
    try:
        return stat.S_ISDIR(os.fstat(fd).st_mode)
    except OSError:
        return False
