"""How long a busy machine has kept a child from running. That time is not the child's, and counts against no deadline.

A thread that could run and has no processor waits in the kernel's line, and the kernel adds up for how long. A child
whose own threads crowd its first one out has used the processors itself: so what it used is taken off.
"""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class _Reading:
    """Seconds: of the clock, that its first thread has waited in line, that all its threads have run."""

    clock: float
    waited: float
    ran: float


class Starved:
    """Measures one child, beginning with each `begin`.

    Args:
        pid: its process id.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._begun = self._read()

    def begin(self) -> None:
        """Measure from now on."""
        self._begun = self._read()

    def seconds(self) -> float:
        """For how long it was kept from running since. 0 where the system does not tell."""
        before, now = self._begun, self._read()
        if before is None or now is None:
            return 0.0
        return max(0.0, min(now.waited - before.waited, now.clock - before.clock - (now.ran - before.ran)))

    def _read(self) -> _Reading | None:
        if sys.platform != "linux":
            return None
        folder = Path(f"/proc/{self._pid}")
        try:
            waited = int((folder / "schedstat").read_text("ascii").split()[1]) / 1e9
            ticks = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[11:13]
        except (OSError, ValueError, IndexError):
            return None
        return _Reading(time.monotonic(), waited, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"))
