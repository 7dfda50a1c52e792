"""What Linux says about a process in /proc: its children, its processor time, its memory."""

import os
import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MB = 1e6


@dataclass(frozen=True)
class Finished:
    """A program that has run: wall and processor seconds of it and of all it waited for, and what it wrote."""

    code: int
    wall: float
    cpu: float
    output: str


def run_measured(command: Sequence[str], cwd: Path, environment: Mapping[str, str], log: Path) -> Finished:
    """Run a program to its end. Its output goes to `log`, since a pipe that nobody reads would stop it."""
    with log.open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Finished(process.returncode, wall, used.ru_utime + used.ru_stime, log.read_text("utf-8", "replace"))


def children_of(pid: int) -> list[int]:
    """The process ids of its children."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        if parent == pid:
            found.append(int(stat.parent.name))
    return found


def cpu_seconds(pid: int) -> float:
    """Processor seconds of its living threads; 0 where the system does not tell."""
    nanoseconds = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            nanoseconds += int(thread.read_text().split()[0])
        except (OSError, IndexError, ValueError):
            continue
    return nanoseconds / 1e9


def memory_of(pid: int) -> dict[str, float]:
    """Megabytes by name: RSS (pages in memory), peak RSS, PSS (shared pages counted in part), as far as readable."""
    status, rollup = _fields(Path(f"/proc/{pid}/status")), _fields(Path(f"/proc/{pid}/smaps_rollup"))
    wanted = {"RSS": status.get("VmRSS"), "peak RSS": status.get("VmHWM"), "PSS": rollup.get("Pss")}
    return {name: size for name, size in wanted.items() if size is not None}


def _fields(path: Path) -> dict[str, float]:
    try:
        text = path.read_text()
    except OSError:  # another user's process, or one that forbids it
        return {}
    return {name: int(size) * 1024 / MB for name, size in re.findall(r"^(\w+):\s+(\d+) kB", text, re.MULTILINE)}
