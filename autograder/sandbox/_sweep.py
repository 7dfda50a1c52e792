"""Ending a child and everything it started, on the zygote's side.

A filter keeps children from forking; this is for the day it does not. A process group can be left with `setsid`, a
parent by forking twice, but not an adopting ancestor: the zygote is a subreaper, so orphans become its own children.
Everything found is stopped before anything is killed, or a fork bomb would outrun us.
"""

import contextlib
import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

_PATIENCE = 3.0


def kill_tree(pid: int) -> None:
    """Kill a child of ours and its descendants. The caller reaps the child, `remove_orphans` the rest."""
    _kill([pid, *_descendants(pid, _families())])


def remove_orphans(keep: Iterable[int]) -> int:
    """Kill and reap every descendant of this process that does not belong to the children in `keep`.

    Returns:
        How many are left after a few seconds; 0 when all are gone.
    """
    deadline = time.monotonic() + _PATIENCE
    keep = set(keep)
    while orphans := _orphans(keep):
        _kill(orphans)
        _reap(orphans)
        if time.monotonic() > deadline:
            return len(_orphans(keep))
    return 0


def _orphans(keep: set[int]) -> list[int]:
    families = _families()
    roots = [pid for pid in families.get(os.getpid(), ()) if pid not in keep]
    return [pid for root in roots for pid in (root, *_descendants(root, families))]


def _descendants(pid: int, families: dict[int, list[int]]) -> list[int]:
    found: list[int] = []
    waiting = list(families.get(pid, ()))
    while waiting:
        child = waiting.pop()
        found.append(child)
        waiting += families.get(child, ())
    return found


def _families() -> dict[int, list[int]]:
    """The children of every process, by its id, from /proc; empty where there is none."""
    families: dict[int, list[int]] = defaultdict(list)
    with contextlib.suppress(FileNotFoundError):
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    families[_parent(entry.path)].append(int(entry.name))
    return families


def _parent(folder: str) -> int:
    # "12 (any) name)) S 7 ...": the name may hold anything, so count from its last bracket.
    return int(Path(folder, "stat").read_bytes().rpartition(b")")[2].split()[1])


def _kill(pids: Iterable[int]) -> None:
    pids = list(pids)
    for how in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, how)


def _reap(pids: Iterable[int]) -> None:
    """Collect those that are children of ours by now; the others are adopted when their parents are gone."""
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            for _ in range(50):
                if os.waitpid(pid, os.WNOHANG)[0]:
                    break
                time.sleep(0.001)
