"""The fork server: a process that has imported everything, runs no student's byte, and forks children on request.

It is started as a program of its own with a clean environment and one descriptor, the control socket. It says hello
when it is ready, then answers one request at a time, each a JSON object after its length:

    {"op": "spawn", "entry": "module:function", "jail": {...}} + two descriptors  ->  {"pid": ...} or {"error": ...}
    {"op": "wait", "pid": ..., "seconds": ...}                                    ->  {"exit": ...} or {"exit": null}
    {"op": "kill", "pid": ...}                                                    ->  {"exit": ..., "left": 0}

It lives as long as the control socket is open, and all children die with it. It adopts what a dead child leaves behind
(as a subreaper), so that a process that hides from `kill` by forking twice is found and killed too.
"""

import contextlib
import json
import os
import random
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from autograder.sandbox import _clean, _libc, _sweep, identity, warm
from autograder.sandbox._control import Control
from autograder.sandbox.channel import Channel
from autograder.sandbox.jail import JailSpec, lock_down

# Longer than the kernel needs to take the memory of a killed process apart.
_PATIENCE = 10.0

Entry = Callable[[Channel], None]


class Children:
    """The living and the dead, by process id. A dead child stays until it has been asked about and killed."""

    def __init__(self) -> None:
        self._alive: set[int] = set()
        self._dead: dict[int, int] = {}

    def add(self, pid: int) -> None:
        """Take note of a new child."""
        self._alive.add(pid)
        self._dead.pop(pid, None)

    def wait(self, pid: int, seconds: float) -> int | None:
        """The wait status of a child, or None when it still runs after `seconds`."""
        deadline = time.monotonic() + seconds
        pause = 0.0005
        while pid in self._alive:
            gone, status = os.waitpid(pid, os.WNOHANG)
            if gone:
                self._alive.discard(pid)
                self._dead[pid] = status
            elif time.monotonic() >= deadline:
                return None
            else:
                time.sleep(pause)
                pause = min(pause * 2, 0.02)
        return self._dead.get(pid)

    def kill(self, pid: int) -> tuple[int | None, int]:
        """Kill a child and all that it started.

        Returns:
            Its wait status (None for a stranger's id), and how many processes could not be removed.
        """
        if pid in self._alive:
            _sweep.kill_tree(pid)
        status = self.wait(pid, _PATIENCE)
        self._dead.pop(pid, None)
        return status, _sweep.remove_orphans(self._alive) + (pid in self._alive)

    def kill_all(self) -> None:
        """End of the day."""
        for pid in list(self._alive):
            self.kill(pid)


def main(arguments: dict[str, Any]) -> None:
    """Import, say hello, serve until the control socket closes. `launch` writes the arguments."""
    control = Control(socket.socket(fileno=arguments["control"]))
    children = Children()
    try:
        if sys.platform == "linux":
            _follow_parent(control, arguments)
        control.send(_prepare(arguments))
        _serve(control, children)
    except BaseException:
        with contextlib.suppress(OSError):
            control.send({"error": traceback.format_exc()})
        raise
    finally:
        children.kill_all()
        _clean.remove(Path(arguments["home"]))


def _follow_parent(control: Control, arguments: dict[str, Any]) -> None:
    """Adopt orphans; hang up when the grader dies, even if a fork of it still holds the control socket."""
    _libc.prctl(_libc.PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGTERM, lambda *_: control.hang_up())
    if arguments["dies_with_parent"]:
        _libc.prctl(_libc.PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != arguments["parent"]:
            control.hang_up()


def _prepare(arguments: dict[str, Any]) -> dict[str, Any]:
    failed = warm.import_all()
    # In a checkout this folder holds the answers. Submodules of what is imported are found without it.
    sys.path[:] = [path for path in sys.path if path not in arguments["roots"]]
    warm.prepare_jax()
    warm.settle()
    warm.assert_forkable()
    why_no_uid = identity.why_not_readable(arguments["uid"], arguments["readable"] + [arguments["home"]])
    return {"failed": failed, "versions": _versions(), "why_no_uid": why_no_uid}


def _versions() -> dict[str, str]:
    names = ("jax", "jaxlib", "flax", "optax", "numpy")
    found = {name: str(getattr(sys.modules.get(name), "__version__", "")) for name in names}
    return {"python": sys.version.split()[0], **found}


def _serve(control: Control, children: Children) -> None:
    while (received := control.receive()) is not None:
        request, fds = received
        try:
            answer = _answer(request, fds, children)
        except Exception:
            answer = {"error": traceback.format_exc()}
        finally:
            for fd in fds:
                os.close(fd)
        control.send(answer)


def _answer(request: dict[str, Any], fds: list[int], children: Children) -> dict[str, Any]:
    match request["op"]:
        case "spawn":
            warm.assert_forkable()
            entry = find_entry(request["entry"])
            pid = _fork(entry, JailSpec.from_json(request["jail"]), fds)
            children.add(pid)
            return {"pid": pid}
        case "wait":
            return {"exit": children.wait(request["pid"], request["seconds"])}
        case "kill":
            status, left = children.kill(request["pid"])
            return {"exit": status, "left": left}
        case unknown:
            return {"error": f"the zygote knows no request {unknown!r}"}


def find_entry(name: str) -> Entry:
    """The function that "module:function" names."""
    module, _, function = name.partition(":")
    entry: Entry = getattr(import_module(module), function)
    return entry


def _fork(entry: Entry, spec: JailSpec, fds: list[int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70  # EX_SOFTWARE: not reached an end of our own choice
    try:
        _live(entry, spec, fds)
        code = 0
    finally:
        os._exit(code)  # no exit handlers, no flushing: those belong to the zygote


def _live(entry: Entry, spec: JailSpec, fds: list[int]) -> None:
    """A child's whole life. The first message on its channel says how it is locked in; then `entry` has the word."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    random.seed(0)  # Python gives each fork other dice; the same work must get the same verdict again
    _adopt_surroundings(spec)
    done = lock_down(spec, fds)
    channel = Channel(*fds)
    channel.send(json.dumps({"held": done.held, "missing": done.missing}).encode())
    entry(channel)


def _adopt_surroundings(spec: JailSpec) -> None:
    """Point to the child's own folder everything that wants to write."""
    import tempfile

    for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "IPYTHONDIR"):
        os.environ[name] = str(spec.scratch)
    tempfile.tempdir = None
    if spec.cache is not None:
        _use_cache(spec)


def _use_cache(spec: JailSpec) -> None:
    import jax

    jax.config.update("jax_compilation_cache_dir", str(spec.cache))
    # A child that only reads must never try to write: each miss would warn about it.
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0 if spec.cache_write else 1e9)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
    jax.config.update("jax_persistent_cache_enable_xla_caches", "none")
