"""The grader's side of the sandbox: start a zygote, have it fork children, talk to them, end them.

with Zygote.start() as zygote:
    with zygote.spawn() as child:
        child.channel.send(b"...", deadline=...)
        reply = child.channel.receive(limits.message, deadline=...)
"""

import contextlib
import itertools
import json
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from autograder.sandbox import _clean, _start
from autograder.sandbox._control import Control
from autograder.sandbox._watch import Watch
from autograder.sandbox.channel import Channel, ChannelError
from autograder.sandbox.errors import SandboxError as SandboxError
from autograder.sandbox.jail import JailSpec
from autograder.sandbox.level import level
from autograder.sandbox.limits import Limits

SERVE = "autograder.sandbox.child:serve"
_SLICE = 0.05
_HELLO_LIMIT = 1 << 20
_HELLO_SECONDS = 20.0
_START_SECONDS = 180.0
_ANSWER_SECONDS = 60.0  # it needs milliseconds, and up to 13 s for a child that will not die


@dataclass(frozen=True)
class Exit:
    """How a child ended: an exit code, or the number of the signal that killed it. The other is None."""

    code: int | None
    signal: int | None


class Child:
    """One locked child. Made by `Zygote.spawn`; a context manager that kills it.

    Attributes:
        pid: its process id, as this process sees it.
        channel: the wire to it.
        layers: the names of the layers that took hold before it ran anything.
        missing: why the others did not, by name.
        level: "L0" to "L3", from the layers alone.
    """

    def __init__(self, zygote: "Zygote", pid: int, channel: Channel, scratch: Path) -> None:
        self.pid = pid
        self.channel = channel
        self.layers: frozenset[str] = frozenset()
        self.missing: dict[str, str] = {}
        self._zygote = zygote
        self._scratch = scratch
        self._exit: Exit | None = None
        self._ended = False

    @property
    def level(self) -> str:
        """The separation that its layers make."""
        return level(self.layers)

    @property
    def scratch(self) -> Path:
        """Its folder. Whatever lies there was named and made by the student: never follow it, never open it."""
        return self._scratch

    def wait(self, deadline: float | None = None) -> Exit:
        """Wait for it to end by itself.

        Args:
            deadline: on the clock of `time.monotonic()`; None waits for ever.

        Raises:
            TimeoutError: it still runs.
            SandboxError: the zygote is gone.
        """
        while self._exit is None:
            left = _SLICE if deadline is None else min(_SLICE, deadline - time.monotonic())
            answer = self._zygote.request({"op": "wait", "pid": self.pid, "seconds": max(left, 0.0)})
            self._exit = _exit(answer["exit"])
            if self._exit is None and left < _SLICE:
                raise TimeoutError(f"the child {self.pid} still runs at the deadline")
        return self._exit

    def kill(self) -> Exit:
        """Kill it and everything that it started, wait until they are gone, remove its folder. May be called twice.

        Returns:
            How it ended: the kill itself is `Exit(None, 9)`, an earlier end of its own stays what it was.

        Raises:
            SandboxError: the zygote is gone, or a process could not be killed.
        """
        if not self._ended:
            self._ended = True
            try:
                self._exit = self._zygote.end(self.pid) or self._exit
            finally:
                self.channel.close()
                _clean.remove(self._scratch)
        return self._exit or Exit(None, None)

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


class Zygote:
    """The fork server, seen from the grader. A context manager; `start` makes one. May be used from several threads."""

    practice_note = ""

    def __init__(self, process: "subprocess.Popen[bytes]", control: Control, home: Path, errors: IO[bytes]) -> None:
        self._process = process
        self._control = control
        self._home = home
        self._errors = errors
        self._lock = threading.Lock()
        self._serial = itertools.count(1)
        self._closed = False
        self.readable: tuple[Path, ...] = ()
        self.versions: dict[str, str] = {}
        self.failed_imports: dict[str, str] = {}
        self.why_no_uid = "not started"

    @classmethod
    def start(cls, site_paths: Sequence[str] | None = None) -> "Zygote":
        """Start one and wait until it has imported everything: some seconds.

        Args:
            site_paths: folders of installed packages; None takes those of this process.

        Raises:
            SandboxError: it did not come up. The message holds what it wrote.
        """
        packages = list(site_paths) if site_paths is not None else _start.installed_packages()
        home = _start.new_home()
        ours, theirs = socket.socketpair()
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the zygote
        readable = _start.readable_folders(packages)
        with theirs:
            process = _start.start_process(packages, readable, home, theirs, errors)
        zygote = cls(process, Control(ours), home, errors)
        zygote.readable = readable
        zygote._welcome()
        return zygote

    def spawn(
        self,
        limits: Limits | None = None,
        *,
        entry: str = SERVE,
        cache_dir: Path | None = None,
        cache_write: bool = False,
        without: Iterable[str] = (),
    ) -> Child:
        """Fork a child, locked down, that runs `entry` with its end of the channel.

        Args:
            limits: what it may use up; None takes the defaults.
            entry: "module:function" that the zygote can import.
            cache_dir: a JAX compilation cache that it may read from without listing it.
            cache_write: whether it may fill that cache. Only ever for our own code.
            without: layers to leave out. For tests and `doctor`; the level says so.

        Raises:
            SandboxError: it did not come up.
        """
        serial = next(self._serial)
        scratch = self._home / f"child-{serial}"
        # Filling a cache is our own code's work, in a folder of ours.
        uid = None if self.why_no_uid or cache_write else _start.free_uid(serial)
        _start.make_scratch(scratch, uid)
        cache = None if cache_dir is None else cache_dir.resolve()
        spec = JailSpec(scratch, self.readable, limits or Limits(), uid, cache, cache_write, without=frozenset(without))
        try:
            child = self._fork(entry, spec)
        except BaseException:
            _clean.remove(scratch)
            raise
        self._hear_hello(child)
        child.channel.watch = Watch(child.pid, scratch, spec.limits)
        return child

    def exposes(self, path: Path) -> bool:
        """Whether children may read `path`, because it lies within a folder of the interpreter or its packages."""
        return _start.lies_within(path, self.readable)

    def request(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> dict[str, Any]:
        """Ask the zygote; its answer.

        Raises:
            SandboxError: it is gone, or it failed.
        """
        with self._lock:
            try:
                self._control.send(message, fds)
                received = self._control.receive()
            except TimeoutError as error:
                # The answer may still come, and would be taken for the next one's.
                self._process.kill()
                raise SandboxError(
                    f"The sandbox's fork server has not answered for {_ANSWER_SECONDS:.0f} s."
                ) from error
            except OSError as error:
                raise self._gone() from error
        if received is None:
            raise self._gone()
        if "error" in received[0]:
            raise SandboxError(f"The sandbox's fork server failed:\n{received[0]['error']}")
        return received[0]

    def end(self, pid: int) -> Exit | None:
        """Kill a child and its descendants; how it had ended."""
        answer = self.request({"op": "kill", "pid": pid})
        if answer["left"]:
            raise SandboxError(f"{answer['left']} processes of a submission could not be killed")
        return _exit(answer["exit"])

    def close(self) -> None:
        """End the zygote and all its children, and remove their folders. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._control.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
        _clean.remove(self._home)

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _welcome(self) -> None:
        self._control.settimeout(_START_SECONDS)
        try:
            received = self._control.receive()
            self._control.settimeout(_ANSWER_SECONDS)
            if received is None:
                raise self._gone()
            if "error" in received[0]:
                raise SandboxError(f"The sandbox's fork server could not start:\n{received[0]['error']}")
        except TimeoutError as error:
            self.close()
            raise SandboxError(f"The sandbox's fork server was not ready after {_START_SECONDS:.0f} s.") from error
        except SandboxError:
            self.close()
            raise
        self.versions = received[0]["versions"]
        self.failed_imports = received[0]["failed"]
        self.why_no_uid = received[0]["why_no_uid"]

    def _fork(self, entry: str, spec: JailSpec) -> Child:
        request_read, request_write = os.pipe()
        reply_read, reply_write = os.pipe()
        channel = Channel(reply_read, request_write)
        try:
            message = {"op": "spawn", "entry": entry, "jail": spec.to_json()}
            pid = self.request(message, (request_read, reply_write))["pid"]
        except BaseException:
            channel.close()
            raise
        finally:
            os.close(request_read)
            os.close(reply_write)
        return Child(self, pid, channel, spec.scratch)

    def _hear_hello(self, child: Child) -> None:
        try:
            hello = json.loads(child.channel.receive(_HELLO_LIMIT, time.monotonic() + _HELLO_SECONDS))
        except ChannelError as error:
            ended = child.kill()
            raise SandboxError(f"A child ended before it was locked in ({ended}): {error}") from error
        child.layers = frozenset(hello["held"])
        child.missing = hello["missing"]

    def _gone(self) -> SandboxError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - 4000))
        said = self._errors.read().decode(errors="replace").strip()
        return SandboxError(f"The sandbox's fork server has died (exit {self._process.returncode}). It said: {said!r}")


def _exit(status: int | None) -> Exit | None:
    if status is None:
        return None
    if os.WIFSIGNALED(status):
        return Exit(None, os.WTERMSIG(status))
    return Exit(os.WEXITSTATUS(status), None)
