"""Locking a child down, between the fork and the first byte of a student's.

Each layer either takes hold and is named in the answer, or is missing there with the reason. Nothing is assumed and
nothing is retried: the level of separation is computed from the names alone. The order matters:

    session, descriptors, folder     while files can still be opened
    limits, oom-first                while /proc can still be written
    private-namespace, own-uid, no-capabilities       while root still is root
    dies-with-parent, undumpable     after the change of uid, which resets both
    no-new-privileges                the other two need it
    landlock, seccomp                last: they forbid most of the above
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.sandbox import _libc, identity, landlock, limits, seccomp
from autograder.sandbox._syscall_numbers import number
from autograder.sandbox.limits import Limits

_CLONE_NEWIPC, _CLONE_NEWNET = 0x08000000, 0x40000000
_SYSTEM_READABLE = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/urandom",
    "/dev/random",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
)


@dataclass(frozen=True)
class JailSpec:
    """What one child may have.

    Attributes:
        scratch: its own folder, the only place where it may write.
        readable: folders of the interpreter, its packages and `dlfb_lab`.
        limits: what it may use up.
        uid: the uid to become; None keeps the one it has.
        cache: the compilation cache; None for none.
        cache_write: whether it may fill the cache. Only ever for our own code.
        without: layers to leave out, for tests of the others.
    """

    scratch: Path
    readable: tuple[Path, ...]
    limits: Limits = field(default_factory=Limits)
    uid: int | None = None
    cache: Path | None = None
    cache_write: bool = False
    without: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """The same as plain data, for the control socket."""
        return {
            "scratch": str(self.scratch),
            "readable": [str(path) for path in self.readable],
            "limits": self.limits.to_json(),
            "uid": self.uid,
            "cache": None if self.cache is None else str(self.cache),
            "cache_write": self.cache_write,
            "without": sorted(self.without),
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> "JailSpec":
        """The opposite of `to_json`."""
        return JailSpec(
            scratch=Path(data["scratch"]),
            readable=tuple(map(Path, data["readable"])),
            limits=Limits(**data["limits"]),
            uid=data["uid"],
            cache=None if data["cache"] is None else Path(data["cache"]),
            cache_write=data["cache_write"],
            without=frozenset(data["without"]),
        )


@dataclass
class Lockdown:
    """The layers that took hold, in order, and why the others did not."""

    held: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)


def lock_down(spec: JailSpec, keep: Sequence[int]) -> Lockdown:
    """Lock this process down. Call it in a fresh fork with one thread.

    Args:
        spec: what the process may have.
        keep: descriptors to keep besides 0, 1 and 2.
    """
    parent = os.getppid()
    done = Lockdown()
    for name, layer in _layers(spec, keep, parent):
        if name in spec.without:
            done.missing[name] = "left out on request"
            continue
        try:
            done.held += layer() or [name]
        except (OSError, ValueError, AttributeError, ImportError) as error:
            done.missing[name] = f"{type(error).__name__}: {error}"
    return done


def _layers(spec: JailSpec, keep: Sequence[int], parent: int) -> Iterable[tuple[str, Callable[[], list[str] | None]]]:
    yield "session", os.setsid
    yield "descriptors", lambda: _close_all_but(keep)
    yield "folder", lambda: _enter(spec)
    yield "limits", lambda: limits.apply(spec.limits, own_uid=spec.uid is not None)
    if sys.platform == "linux":
        yield "oom-first", _be_killed_first
        if os.geteuid() == 0:
            yield "private-namespace", _leave_shared_namespaces
            identity.forbid_regaining_capabilities()
        if spec.uid is not None:
            uid = spec.uid
            yield "own-uid", lambda: identity.become(uid)
        yield "no-capabilities", identity.drop_capabilities
        yield "dies-with-parent", lambda: _die_with(parent)
        yield "undumpable", lambda: _set(_libc.PR_SET_DUMPABLE, 0)
        yield "no-new-privileges", lambda: _set(_libc.PR_SET_NO_NEW_PRIVS, 1)
        yield "landlock", lambda: landlock.restrict(_rules(spec))
        yield "seccomp", lambda: seccomp.restrict(os.getpid())


def _set(option: int, value: int) -> None:
    _libc.prctl(option, value)


def _close_all_but(keep: Sequence[int]) -> None:
    """Standard streams lead nowhere; everything else that was inherited is closed."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    for fd in _open_descriptors():
        if fd > 2 and fd not in keep:
            with contextlib.suppress(OSError):  # the one that listed them is gone already
                os.close(fd)


def _open_descriptors() -> Iterable[int]:
    # Listed, not tried one by one: the highest possible number may be a billion, as in containers.
    for folder in ("/proc/self/fd", "/dev/fd"):
        with contextlib.suppress(OSError):
            return [int(name) for name in os.listdir(folder)]  # noqa: PTH208
    return range(os.sysconf("SC_OPEN_MAX"))


def _enter(spec: JailSpec) -> None:
    os.umask(0o022 if spec.cache_write else 0o077)  # a filled cache is for children of other uids too
    os.chdir(spec.scratch)


def _be_killed_first() -> None:
    Path("/proc/self/oom_score_adj").write_text("1000")


def _leave_shared_namespaces() -> None:
    """A network with nobody else on it, and System V memory of its own."""
    _unshare(_CLONE_NEWIPC | _CLONE_NEWNET)


def _unshare(flags: int) -> None:
    """`unshare(2)`, which Python has since 3.12 only."""
    call = number("unshare", _libc.machine())
    assert call is not None
    _libc.syscall(call, flags)


def _die_with(parent: int) -> None:
    _libc.prctl(_libc.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the parent died before the kernel knew that we want to follow


def _rules(spec: JailSpec) -> list[landlock.Rule]:
    rules = [landlock.Rule(path, landlock.READ) for path in (*map(Path, _SYSTEM_READABLE), *spec.readable)]
    rules.append(landlock.Rule(spec.scratch, landlock.SCRATCH))
    rules.append(landlock.Rule(Path(os.devnull), landlock.READ_FILE | landlock.WRITE_FILE | landlock.TRUNCATE))
    if spec.cache is not None:
        # Not READ_DIR: an entry opens only to who knows its name, which is a digest of the very same program.
        rights = landlock.SCRATCH if spec.cache_write else landlock.READ_FILE
        rules.append(landlock.Rule(spec.cache, rights))
    return rules
