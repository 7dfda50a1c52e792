"""A notebook changes mode, owner, times, attributes and contents of a file that it may only read."""

import fcntl
import os
import struct
import tempfile
from pathlib import Path

import pytest
from threat import Threat
from weapons import REFUSED, tools, unguarded

# Mostly to what they are already; NO_DUMP is a mark that only `dump` reads. The last ones take the file away.
CHANGES = """
import fcntl, struct
GET_FLAGS, SET_FLAGS, GET_MORE, SET_MORE, NO_DUMP = 0x80086601, 0x40086602, 0x801C581F, 0x401C5820, 0x40
before = os.stat(PATH)
mode, fd = before.st_mode & 0o7777, os.open(PATH, os.O_RDONLY)
assert os.read(fd, 4), "it may be read"
links = PATH + ".linked", PATH + ".moved"

def flags():
    now = fcntl.ioctl(fd, GET_FLAGS, bytes(8)) if MAY_ASK else bytes(8)
    fcntl.ioctl(fd, SET_FLAGS, struct.pack("q", struct.unpack("q", now)[0] | NO_DUMP))

def more_flags():
    now = fcntl.ioctl(fd, GET_MORE, bytes(28)) if MAY_ASK else bytes(28)
    fcntl.ioctl(fd, SET_MORE, now)

for name, way, *arguments in (
    ("lock", fcntl.flock, fd, fcntl.LOCK_SH), ("lease", fcntl.fcntl, fd, fcntl.F_SETLEASE, fcntl.F_RDLCK),
    ("no lease", fcntl.fcntl, fd, fcntl.F_SETLEASE, fcntl.F_UNLCK),
    ("chmod", os.chmod, PATH, mode | 0o002), ("fchmod", os.fchmod, fd, mode | 0o002),
    ("chown", os.chown, PATH, before.st_uid, before.st_gid), ("lchown", os.lchown, PATH, before.st_uid, before.st_gid),
    ("fchown", os.fchown, fd, before.st_uid, before.st_gid),
    ("utime", os.utime, PATH, (0, 0)), ("futime", os.utime, fd, (0, 0)),
    ("setxattr", os.setxattr, PATH, "user.mark", b"1"), ("fsetxattr", os.setxattr, fd, "user.mark", b"1"),
    ("removexattr", os.removexattr, PATH, "user.mark"), ("flags", flags), ("more flags", more_flags),
    ("open to write", os.open, PATH, os.O_WRONLY), ("append", os.open, PATH, os.O_RDWR | os.O_APPEND),
    ("empty it", os.open, PATH, os.O_RDONLY | os.O_TRUNC), ("cut it", os.truncate, PATH, 0),
    ("new file", os.open, PATH + ".new", os.O_CREAT | os.O_WRONLY), ("new folder", os.mkdir, PATH + ".folder"),
    ("hard link", os.link, PATH, links[0]), ("rename", os.rename, PATH, links[1]),
    ("remove", lambda: os.unlink(links[1] if os.path.exists(links[1]) else PATH)),
):
    attempt(name, way, *arguments)
"""

THREAT = Threat(
    63,
    "Mode, owner, times, attributes of files that may only be read",
    "The filter refuses chmod, chown, utime, setxattr and most of ioctl; Landlock everything that writes.",
    "same user: the environment of all who are graded later can be changed",
)


@pytest.fixture
def library():
    """A file in a folder that everybody may read, as the interpreter's library is."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "module.py")
        path.write_text("# a module of the interpreter's")
        yield path


def test_what_may_be_read_stays_as_it_is(arena, library, monkeypatch):
    monkeypatch.setattr(arena.zygote, "readable", (*arena.zygote.readable, library.parent))
    before = everything_about(library)
    loot = arena.loot(tools(), f"PATH, MAY_ASK = {str(library)!r}, False", CHANGES)
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == 24, "not all was tried"
    assert everything_about(library) == before


def test_without_a_sandbox_the_same_calls_change_it(library):
    before = everything_about(library)
    loot = unguarded(tools(), f"PATH, MAY_ASK = {str(library)!r}, True", CHANGES)
    if {"ENOTTY", "EOPNOTSUPP"} & set(loot.values()):
        pytest.skip(f"the file system of the folder for temporary files knows no attributes: {loot}")
    assert set(loot.values()) == {"done"}, loot
    assert sorted(path.name for path in library.parent.iterdir()) != before[-1]


def everything_about(path):
    """What the system says of a file and its folder, the time of the last look aside."""
    status = path.stat()
    with path.open("rb") as stream:
        text = stream.read()
        try:
            flags = struct.unpack("q", fcntl.ioctl(stream, 0x80086601, bytes(8)))
        except OSError:
            flags = ()  # a file system without them
    kept = (status.st_mode, status.st_uid, status.st_gid, status.st_mtime_ns, status.st_ctime_ns, status.st_nlink)
    return kept, flags, text, os.listxattr(path), sorted(one.name for one in path.parent.iterdir())
