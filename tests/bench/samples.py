"""Numbers with their spread. A thing is measured several times; the median counts, least and most show the noise."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from processes import cpu_seconds


@dataclass(frozen=True)
class Row:
    """One line of the result.

    Attributes:
        what: the thing measured, in words.
        values: one number a repeat; none where it could not be measured, and then `note` says why.
        unit: "s", "MB", "/s" (a rate), "x" (a ratio) or "" (a count).
        cpu: processor seconds of all processes concerned, a time; None where that makes no sense.
        note: what is in it and what is not.
    """

    what: str
    values: Sequence[float]
    unit: str = "s"
    cpu: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)


@dataclass(frozen=True)
class Section:
    """Rows that belong together."""

    title: str
    rows: list[Row]


def measured(
    what: str, action: Callable[[], Any], repeats: int, pids: Sequence[int] = (), warm: int = 3, note: str = ""
) -> Row:
    """Do `action` some times unmeasured and `repeats` times measured.

    Args:
        what: the row's name.
        action: what to measure.
        repeats: how often.
        pids: the processes beside this one whose processor time counts.
        warm: how often before.
        note: for the row.
    """
    for _ in range(warm):
        action()
    walls, before = [], _cpu(pids)
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        walls.append(time.perf_counter() - start)
    return Row(what, walls, cpu=(_cpu(pids) - before) / repeats, note=note)


def _cpu(pids: Sequence[int]) -> float:
    return time.process_time() + sum(cpu_seconds(pid) for pid in pids)
