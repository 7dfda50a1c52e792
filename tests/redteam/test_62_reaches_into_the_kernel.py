"""A notebook looks for more rights: programs that run as root, own namespaces, rarely used parts of the kernel."""

import os
import stat
from pathlib import Path

from threat import Threat
from weapons import REFUSED, tools, unguarded

# With arguments that do nothing where the call gets through; what counts is that it is not even looked at.
CALLS = """
NEW_USER = 0x10000000
for name, arguments in {
    "io_uring_setup": (1, None), "io_uring_enter": (-1, 0, 0, 0), "io_uring_register": (-1, 0, 0, 0),
    "bpf": (0, None, 0), "perf_event_open": (None, 0, -1, -1, 0), "userfaultfd": (1,),
    "keyctl": (0, -3, 0), "add_key": (b"user", b"a", b"b", 1, -4), "request_key": (b"user", b"a", None, -4),
    "unshare": (NEW_USER,), "setns": (-1, 0), "clone": (NEW_USER | 17, 0, 0, 0, 0), "clone3": (None, 0),
    "mount": (None, None, None, 0, None), "fsopen": (b"tmpfs", 0), "open_tree": (-100, b"/", 1), "chroot": (b"/",),
    "pivot_root": (b"/", b"/"), "open_by_handle_at": (-100, None, 0), "name_to_handle_at": (-100, b"/", None, None, 0),
    "ptrace": (0, 0, 0, 0), "kcmp": (0, 0, 0, 0, 0), "personality": (0xFFFFFFFF,), "syslog": (10, None, 0),
    "init_module": (None, 0, b""), "finit_module": (-1, b"", 0), "kexec_load": (0, 0, None, 0),
    "quotactl": (0, None, 0, None), "fanotify_init": (0, 0), "process_madvise": (-1, None, 0, 0, 0),
    "pidfd_open": (os.getpid(), 0), "memfd_create": (b"x", 0), "memfd_secret": (0,), "modify_ldt": (0, None, 0),
    "execveat": (-1, b"", None, None, 0x1000), "io_setup": (1, None), "openat2": (-100, b"/", None, 0),
}.items():
    attempt(name, raw, name, *arguments)
"""
RIGHTS = """
import ctypes
for program in PROGRAMS:
    attempt(f"run {program}", os.execv, program, [program])
    attempt(f"spawn {program}", os.posix_spawn, program, [program], {})
NO_NEW_PRIVS, DUMPABLE, SECCOMP = 39, 3, 21
prctl = ctypes.CDLL(None).prctl
loot = {**loot, "flags": [prctl(NO_NEW_PRIVS, 0, 0, 0, 0), prctl(DUMPABLE, 0, 0, 0, 0), prctl(SECCOMP, 0, 0, 0, 0)]}
version = ctypes.create_string_buffer((0x20080522).to_bytes(4, "little") + bytes(4))
sets = ctypes.create_string_buffer(24)
assert ctypes.CDLL(None).capget(version, sets) == 0
loot["capabilities"] = sum(sets.raw)
"""

THREAT = Threat(
    62,
    "More rights: setuid programs, user namespaces, io_uring, bpf, keyrings, userfaultfd",
    "no_new_privs, no capabilities, nothing may be executed, and the filter refuses each of these calls.",
    "what the container's profile refuses; as root in a container everything that root may",
)


def test_each_such_call_is_refused_before_the_kernel_looks_at_it(arena):
    loot = arena.loot(tools(), CALLS)
    assert set(loot.values()) <= {"EPERM", "ENOSYS"}, loot
    assert len(loot) == CALLS.count('": (')


def test_no_program_that_runs_as_somebody_else_can_be_started(arena):
    programs = [str(path) for path in Path("/usr/bin").iterdir() if _runs_as_root(path)][:5] or ["/bin/true"]
    loot = arena.loot(tools(), f"PROGRAMS = {programs}", RIGHTS)
    assert (loot.pop("flags"), loot.pop("capabilities")) == ([1, 0, 2], 0)
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == 2 * len(programs)


def test_without_a_sandbox_the_kernel_looks_at_many_of_them():
    """Which ones depends on the container around the tests; none needs a capability."""
    loot = unguarded(tools(), CALLS.replace('"clone": (NEW_USER | 17, 0, 0, 0, 0), ', ""))
    reached = {name for name, came in loot.items() if came not in REFUSED}
    assert reached >= {"pidfd_open", "memfd_create", "personality", "execveat", "io_setup"}, loot


def _runs_as_root(path):
    try:
        return path.is_file() and path.stat().st_mode & stat.S_ISUID and os.access(path, os.X_OK)
    except OSError:
        return False
