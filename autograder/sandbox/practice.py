"""The practice level: each submission in a fresh Python process, for systems other than Linux. No sandbox.

It offers what `launch` offers, so that the rest of the grader sees no difference: a process of its own, bounded plain
data over two pipes, deadlines that the grader keeps. What it lacks is every wall: that process may read the user's
files, use the network and start programs. Limits hold as far as the system has them: processor time and the size of
files on macOS, none on Windows. A child takes some seconds to start, since it imports JAX anew.

A zygote could fork on macOS as well, but system libraries there may not be used in a fork, and crash at random.
"""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

from autograder.sandbox import _clean, _start
from autograder.sandbox._watch import Watch
from autograder.sandbox.blocking_channel import BlockingChannel
from autograder.sandbox.channel import Channel, ChannelError
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.launch import SERVE, Exit
from autograder.sandbox.limits import Limits

_SYSTEM = {"win32": "Windows", "darwin": "macOS"}.get(sys.platform, sys.platform)
NOTE = (
    f"Practice level, no sandbox: on {_SYSTEM} a submission runs as an ordinary program of yours. It can read your "
    "files, use the network and start programs, so grade only work that you trust. "
    "For grades that count, use Linux, WSL2 or the dev container."
)
_HELLO_LIMIT = 1 << 20
_START_SECONDS = 180.0
_GRACE = 60.0
_ENDING = 0.5  # how long Windows may take to end a process whose pipes are closed already


class PracticeChild:
    """One process without walls, with what `launch.Child` has. Made by `Practice.spawn`."""

    level = "L1"

    def __init__(self, process: "subprocess.Popen[bytes]", channel: Channel, scratch: Path) -> None:
        self.pid = process.pid
        self.channel = channel
        self.scratch = scratch
        self.layers: frozenset[str] = frozenset()
        self.missing: dict[str, str] = {}
        self._process = process
        self._ended = False

    def wait(self, deadline: float | None = None) -> Exit:
        """Wait for it to end by itself. Raises TimeoutError when it still runs at the deadline."""
        try:
            code = self._process.wait(None if deadline is None else max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"the child {self.pid} still runs at the deadline") from error
        return Exit(code, None) if code >= 0 else Exit(None, -code)

    def kill(self) -> Exit:
        """Kill it, and what it started as far as the system can find it; remove its folder. May be called twice."""
        if not self._ended:
            self._ended = True
            _kill_family(self._process)
            self.channel.close()
            _clean.remove(self.scratch)
        return self.wait()

    def __enter__(self) -> "PracticeChild":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


class Practice:
    """What `launch.Zygote` is on Linux. A context manager."""

    practice_note = NOTE
    why_no_uid = "at practice level a submission runs as you"

    def __init__(self) -> None:
        self._packages = _start.installed_packages()
        self._readable = _start.readable_folders(self._packages)
        self._home = _start.new_home()
        self._serial = itertools.count(1)
        self._children: list[PracticeChild] = []

    def spawn(
        self,
        limits: Limits | None = None,
        *,
        entry: str = SERVE,
        cache_dir: Path | None = None,
        cache_write: bool = False,
        without: Iterable[str] = (),
    ) -> PracticeChild:
        """Start a child that runs `entry`: some seconds. It has no walls to leave out, and uses no cache.

        Raises:
            SandboxError: it did not come up. The message holds what it wrote.
        """
        scratch = self._home / f"child-{next(self._serial)}"
        _start.make_scratch(scratch, None)
        with tempfile.TemporaryFile() as errors:
            child = self._start(entry, limits or Limits(), scratch, errors)
            self._children = [*(other for other in self._children if not other._ended), child]
            _hear_hello(child, errors)
        child.channel.watch = Watch(child.pid, scratch, limits or Limits())
        return child

    def exposes(self, path: Path) -> bool:
        """Whether `path` lies within a folder of the interpreter or its packages, as it may on no system."""
        return _start.lies_within(path, self._readable)

    def close(self) -> None:
        """Kill all children and remove their folders. May be called twice."""
        for child in self._children:
            child.kill()
        _clean.remove(self._home)

    def __enter__(self) -> "Practice":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, entry: str, limits: Limits, scratch: Path, errors: IO[bytes]) -> PracticeChild:
        arguments = {
            "entry": entry,
            "limits": limits.to_json(),
            # The grader kills it long before; this is for a grader that was killed itself.
            "ends_after": limits.wall_submission + _GRACE,
        }
        request_read, request_write = os.pipe()
        reply_read, reply_write = os.pipe()
        channel = BlockingChannel(reply_read, request_write)
        try:
            process = subprocess.Popen(
                _start.program("practice_child", self._packages, arguments),
                stdin=request_read,
                stdout=reply_write,
                stderr=errors,
                cwd=scratch,
                env=_start.environment(scratch),
                start_new_session=True,
                creationflags=_creation_flags(),
            )
        except BaseException:
            channel.close()
            raise
        finally:
            os.close(request_read)
            os.close(reply_write)
        return PracticeChild(process, channel, scratch)


def _hear_hello(child: PracticeChild, errors: IO[bytes]) -> None:
    try:
        hello = json.loads(child.channel.receive(_HELLO_LIMIT, time.monotonic() + _START_SECONDS))
    except ChannelError as error:
        ended = child.kill()
        errors.seek(0)
        said = errors.read().decode(errors="replace")[-4000:].strip()
        raise SandboxError(f"A child did not start ({ended}): {error}. It said: {said!r}") from error
    child.layers = frozenset(hello["held"])
    child.missing = hello["missing"]


def _creation_flags() -> int:
    """On Windows: deaf to the grader's Ctrl-C, and no window of its own. Elsewhere nothing."""
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return 0


def _kill_family(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process, and what it started and did not move to another session."""
    if sys.platform == "win32":
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_ENDING)  # one that is about to end by itself keeps its exit code
        with contextlib.suppress(OSError):
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
