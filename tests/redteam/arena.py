"""Where the threats are tried: one grader, one sandbox, and an honest bystander whom no attack may touch.

What must never leave the grader is marked with a canary: a word in the hidden checks, in the reference answers, in this
process's memory and in its environment. After each attack everything is as it was before: the bystander's report, the
processes, the scratch folders, the descriptors, the memory, and no report holds the canary.
"""

import json
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from threat import IMPORTS, RIGHT

from autograder.collect import Submission
from autograder.course import Course
from autograder.grade import Grader, Settings
from autograder.report.html_page import feedback_page
from autograder.report.json_file import to_json
from autograder.report.record import Report
from autograder.sandbox.launch import Zygote
from autograder.sandbox.limits import MIB, Limits
from dlfb_lab._outcome import Outcome

LAB = "02_immutability"
# Long enough for an honest answer on a busy machine; an attacker that hangs has a shorter one of its own.
LIMITS = Limits(wall_request=20, wall_submission=60)
HASTY = Limits(wall_request=2, wall_submission=8)
MOST_GROWTH = 200 * MIB  # Python and XLA keep some memory for the next time


@dataclass(frozen=True)
class Footprint:
    """What an attack may leave nothing of."""

    processes: frozenset[int]
    scratch: frozenset[str]
    descriptors: int
    memory: int


class Arena:
    """The ground.

    Args:
        course: with `LAB` in it, marked with the canary.
        zygote: makes the children.
        level: the isolation that was measured.
        canary: the word that must not leave.
        cache: where compiled programs are kept.
    """

    def __init__(self, course: Course, zygote: Zygote, level: str, canary: str, cache: Path | None) -> None:
        self.course = course
        self.zygote = zygote
        self.level = level
        self.canary = canary
        self._cache = cache
        self._graders: dict[Limits, Grader] = {}
        self.honest = self.grade(RIGHT, student="bystander")

    def grade(self, *cells: str, limits: Limits = LIMITS, student: str = "attacker") -> Report:
        """The report on a notebook of these code cells, after the usual imports."""
        return self.grade_bytes(notebook(*cells), limits=limits, student=student)

    def grade_bytes(
        self, data: bytes, *, limits: Limits = LIMITS, student: str = "attacker", filename: str = f"{LAB}.ipynb"
    ) -> Report:
        """The report on a file with these bytes, in time and without the canary."""
        started = time.monotonic()
        report = self.grader(limits).grade(Submission(student, student, filename, filename, data))
        assert time.monotonic() - started < limits.wall_submission + 1
        assert self.canary not in to_json(report) + feedback_page(report)
        return report

    def grader(self, limits: Limits = LIMITS) -> Grader:
        """A grader with these limits, made once."""
        if limits not in self._graders:
            settings = Settings(self.course.root, self.course.seed, limits)
            self._graders[limits] = Grader(self.course, self.zygote, settings, self.level, self._cache)
        return self._graders[limits]

    def footprint(self) -> Footprint:
        """What there is now."""
        pid = self.zygote._process.pid
        memory = sum(_memory(one) for one in (os.getpid(), pid))
        scratch = frozenset(path.name for path in self.zygote._home.iterdir() if path.name.startswith("child-"))
        return Footprint(frozenset(_descendants(pid)), scratch, len(os.listdir("/proc/self/fd")), memory)  # noqa: PTH208

    def assert_as_before(self, before: Footprint) -> None:
        """Nothing of an attack is left, and the bystander's report is what it was."""
        after = self.footprint()
        assert after.processes == before.processes
        assert after.scratch == before.scratch
        assert after.descriptors <= before.descriptors
        assert after.memory - before.memory < MOST_GROWTH
        again = self.grade(RIGHT, student="bystander")
        assert to_json(replace(again, seconds=0.0)) == to_json(replace(self.honest, seconds=0.0))


def notebook(*cells: str, metadata: dict[str, object] | None = None) -> bytes:
    """A notebook of the lab with these code cells, after one with the usual imports."""
    code = [
        {"cell_type": "code", "id": f"c{number}", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
        for number, text in enumerate((IMPORTS, *cells))
    ]
    about = {"dlfb_lab": {"lab": LAB}} if metadata is None else metadata
    return json.dumps({"cells": code, "metadata": about, "nbformat": 4, "nbformat_minor": 5}).encode()


def outcome(report: Report, task: str = "kmer_counts") -> Outcome:
    """How one task of a report ended."""
    return next(one.outcome for one in report.tasks if one.name == task)


def points(report: Report, task: str = "kmer_counts") -> float:
    """The points of one task of a report."""
    return next(one.points for one in report.tasks if one.name == task)


def _memory(pid: int) -> int:
    """Resident memory of a process, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def _descendants(pid: int) -> set[int]:
    """The processes below `pid`, at any depth."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended meanwhile
    found = {pid}
    while new := {one for one, parent in parents.items() if parent in found} - found:
        found |= new
    return found - {pid}
