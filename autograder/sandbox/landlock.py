"""Landlock: which files a process may touch, whom it may signal, and no TCP. Needs no privilege.

The kernel's interface has grown by versions ("ABI"). A right that a kernel does not know cannot be asked for, and the
version that a kernel claims has been wrong on some distributions, so the newest is attempted first and each refusal
steps one version back.

    ABI 1  read, write, execute, make, remove      ABI 4  TCP bind and connect
    ABI 2  rename and link across folders          ABI 5  ioctl on devices
    ABI 3  truncate                                ABI 6  signals and abstract sockets only inside the sandbox

What no version covers: `stat`, chmod, chown, utime, extended attributes, descriptors that are open already, UDP,
memory, CPU. The system-call filter and the resource limits are there for those. Rules hold for the thread that sets
them and what it starts later, so this runs while there is one thread.
"""

import ctypes
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

from autograder.sandbox import _libc

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every machine
_QUERY_VERSION = 1
_PATH_BENEATH = 1
_NEWEST = 6

WRITE_FILE = 1 << 1
READ_FILE = 1 << 2
READ_DIR = 1 << 3
_REMOVE_DIR, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE_DIR, _MAKE_REG = 1 << 7, 1 << 8
_REFER, TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_FIRST_THIRTEEN = (1 << 13) - 1

READ = READ_FILE | READ_DIR
# Neither links nor pipes, sockets or devices: trusted code looks into this folder later.
SCRATCH = READ | WRITE_FILE | TRUNCATE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER
_FOR_FILES = WRITE_FILE | READ_FILE | TRUNCATE

_TCP = 0b11
_SCOPES = 0b11


class _RulesetAttributes(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what `_pack_` means anyway; Python 3.14 wants it said
    _fields_ = [("allowed", ctypes.c_uint64), ("fd", ctypes.c_int32)]


@dataclass(frozen=True)
class Rule:
    """`rights` on everything at and beneath `path`. A path that does not exist is left out: it grants nothing."""

    path: Path
    rights: int


def version() -> int:
    """The newest ABI that the kernel claims to know.

    Raises:
        OSError: the kernel has no Landlock, or it is switched off.
    """
    return _libc.syscall(_CREATE_RULESET, None, 0, _QUERY_VERSION)


def restrict(rules: Iterable[Rule]) -> list[str]:
    """Take everything from this process that `rules` do not grant. Needs `no_new_privs`; cannot be undone.

    Returns:
        The layers that took hold: "landlock", "landlock-truncate", "landlock-tcp", "landlock-scope".

    Raises:
        OSError: the kernel refused; nothing has changed.
    """
    ruleset, abi = _create(min(version(), _NEWEST))
    try:
        for rule in rules:
            _add(ruleset, rule, _handled(abi).fs)
        _libc.syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return [name for name, since in _LAYERS.items() if abi >= since]


_LAYERS = {"landlock": 1, "landlock-truncate": 3, "landlock-tcp": 4, "landlock-scope": 6}


def _handled(abi: int) -> _RulesetAttributes:
    """Everything that a ruleset of this ABI can forbid."""
    files = _FIRST_THIRTEEN
    for right, since in ((_REFER, 2), (TRUNCATE, 3), (_IOCTL_DEV, 5)):
        files |= right if abi >= since else 0
    return _RulesetAttributes(files, _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)


def _create(abi: int) -> tuple[int, int]:
    """A ruleset of the newest ABI, at most `abi`, that the kernel really takes, and that ABI."""
    while True:
        attributes = _handled(abi)
        size = 8 if abi < 4 else 16 if abi < 6 else 24
        try:
            return _libc.syscall(_CREATE_RULESET, ctypes.addressof(attributes), size, 0), abi
        except OSError:
            if abi <= 1:
                raise
            abi -= 1


def _add(ruleset: int, rule: Rule, handled: int) -> None:
    try:
        fd = os.open(rule.path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = rule.rights & handled
        if not S_ISDIR(os.fstat(fd).st_mode):
            rights &= _FOR_FILES
        beneath = _PathBeneath(rights, fd)
        _libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.addressof(beneath), 0)
    finally:
        os.close(fd)
