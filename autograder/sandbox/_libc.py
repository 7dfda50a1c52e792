"""The C library's doors that Python does not open: `syscall`, `prctl`, and the numbers of this machine's calls."""

import ctypes
import os
import platform
import sys
from functools import cache

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS = 28
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4


@cache
def _library() -> ctypes.CDLL:
    if sys.platform != "linux":
        raise OSError(f"there are no Linux system calls on {sys.platform}")
    return ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: int | None) -> int:
    """Call the kernel directly. Pointers are given as addresses, None is the null pointer.

    Raises:
        OSError: the call failed; errno says how.
    """
    # Every argument as a full word: the variadic `syscall` reads registers, not C types.
    words = [ctypes.c_void_p(argument) for argument in arguments]
    ctypes.set_errno(0)
    function = _library().syscall
    function.restype = ctypes.c_long
    return _checked(function(ctypes.c_long(number), *words))


def prctl(option: int, *arguments: int) -> int:
    """Change or ask a property of this process.

    Raises:
        OSError: the kernel refused.
    """
    words = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    ctypes.set_errno(0)
    return _checked(_library().prctl(ctypes.c_int(option), *words))


def machine() -> str:
    """The kind of processor: "x86_64", "aarch64" or another name."""
    name = platform.machine().lower()
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(name, name)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return int(result)
