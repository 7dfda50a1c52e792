"""Who the child is: a user of its own where the grader is root, and without any of root's powers in any case."""

import contextlib
import ctypes
import os
import struct
from collections.abc import Sequence
from pathlib import Path

from autograder.sandbox import _libc
from autograder.sandbox._syscall_numbers import number

_NO_TROUBLE = "none"
_CAPABILITY_VERSION = 0x20080522
_SECURE_BITS = 0x01 | 0x02 | 0x40 | 0x80  # "uid 0 means nothing" and "no ambient capabilities", both locked


def forbid_regaining_capabilities() -> None:
    """Make uid 0 mean nothing for programs started later, as far as this process may decide that."""
    _try(_libc.PR_SET_SECUREBITS, _SECURE_BITS)
    for capability in range(64):
        _try(_libc.PR_CAPBSET_DROP, capability)


def become(uid: int) -> None:
    """Change every user and group id to `uid`, and leave all further groups. Cannot be undone.

    Raises:
        OSError: this process may not.
    """
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def why_not_readable(uid: int, folders: Sequence[str]) -> str:
    """Why a process cannot do its work as `uid`: "" if it can.

    Asked by trying, in a process that is thrown away: a folder may be closed by any of the folders above it, by an
    access list, or by a mount. Python installed under a root user's home is the usual case; everything that is imported
    already would work there, so that the fault would look random.
    """
    if os.geteuid() != 0:
        return "only root can change the uid"
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(write, _first_trouble(uid, folders).encode()[:1000])
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        trouble = answer.read().decode()
    os.waitpid(pid, 0)
    return "" if trouble == _NO_TROUBLE else trouble or "the trial process died"


def _first_trouble(uid: int, folders: Sequence[str]) -> str:
    try:
        become(uid)
        for folder in folders:
            # Passing through is enough for a folder that is not to be listed.
            if Path(folder).exists() and not os.access(folder, os.X_OK):
                return f"uid {uid} may not enter {folder}"
        for module in (os, ctypes):
            Path(str(module.__file__)).read_bytes()
    except OSError as error:
        return f"uid {uid}: {error}"
    return _NO_TROUBLE


def drop_capabilities() -> None:
    """Give up every capability.

    Raises:
        OSError: one is left.
    """
    _try(_libc.PR_CAP_AMBIENT, _libc.PR_CAP_AMBIENT_CLEAR_ALL)
    _set_capabilities_to_none()
    if any(_capabilities()):
        raise OSError("a capability is left after all were dropped")


def _try(option: int, argument: int) -> None:
    """An ordinary user may not, and need not."""
    with contextlib.suppress(OSError):
        _libc.prctl(option, argument)


def _set_capabilities_to_none() -> None:
    _capability_call("capset", bytes(24))


def _capabilities() -> tuple[int, ...]:
    return struct.unpack("6I", _capability_call("capget", bytes(24)))


def _capability_call(name: str, data: bytes) -> bytes:
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION, 0))
    body = ctypes.create_string_buffer(data, len(data))
    call = number(name, _libc.machine())
    assert call is not None
    _libc.syscall(call, ctypes.addressof(header), ctypes.addressof(body))
    return body.raw
