"""Runs a program with a time limit, and ends it with everything that it started."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True)
class Ended:
    """How a program ended. `code`: its exit code; None: its time was up. `errors`: the end of its standard error."""

    code: int | None
    errors: str


def run_limited(
    command: Sequence[str], seconds: float, cwd: Path, errors: Path, env: Mapping[str, str] | None = None
) -> Ended:
    """Run `command`, for `seconds` at most.

    Args:
        command: program and arguments.
        seconds: its time.
        cwd: the folder to run it in.
        errors: a file for what it writes to its standard error.
        env: its environment; None for that of this process.

    It is ended with all its descendants when its time is up, and when this process is interrupted.
    """
    with errors.open("wb") as stream, _started(command, cwd, stream, env) as process:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        code = process.poll()
    return Ended(code, errors.read_bytes()[-2000:].decode("utf-8", "replace").strip())


@contextlib.contextmanager
def _started(
    command: Sequence[str], cwd: Path, errors: IO[bytes], env: Mapping[str, str] | None
) -> Iterator["subprocess.Popen[bytes]"]:
    # A session of its own: then Ctrl-C comes to us alone, and the whole group can be ended at one stroke.
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the process, its group, and descendants that have left the group."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        strays = descendants(process.pid) if process.poll() is None else []
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for pid in strays:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    process.wait()


def descendants(pid: int) -> list[int]:
    """The children of `pid`, their children, and so on."""
    parents = _parents()
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one and child not in found]
    return found[1:]


def _parents() -> dict[int, int]:
    """The parent of each process, as `ps` tells it; where there is none, as Linux lists them."""
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        lines = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, timeout=5, check=True)
        return {int(pid): int(parent) for pid, parent in (line.split() for line in lines.stdout.splitlines())}
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name, in brackets, may hold anything.
            found[int(status.parent.name)] = int(status.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    return found
