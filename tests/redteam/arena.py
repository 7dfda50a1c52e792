"""Where the threats are tried: one grader, one sandbox, and an honest bystander whom no attack may touch.

What must never leave the grader is marked with a canary: a word in the hidden checks, in the reference answers, in this
process's memory and in its environment. After each attack everything is as it was before: the bystander's report, the
processes, the scratch folders, the descriptors, the memory, and no report holds the canary.
"""

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threat import ASSERTS, IMPORTS, RIGHT, WRONG

from autograder.collect import Submission
from autograder.course import Course
from autograder.grade import Grader, Settings
from autograder.report.html_page import feedback_page
from autograder.report.json_file import to_json
from autograder.report.record import Report
from autograder.sandbox.launch import Child, Zygote
from autograder.sandbox.limits import MIB, Limits
from autograder.session import Session
from dlfb_lab._outcome import Outcome

LAB = "02_immutability"
# Long enough for an honest answer on a busy machine; an attacker that hangs has a shorter one of its own.
LIMITS = Limits(wall_request=20, wall_submission=60)
HASTY = Limits(wall_request=2, wall_submission=8)
# As hasty with what hangs, but with time for the answers beside it.
UNHURRIED = Limits(wall_request=3, wall_submission=40)
MOST_GROWTH = 200 * MIB  # Python and XLA keep some memory for the next time
WALLS = ("landlock", "seccomp", "no-capabilities", "own-uid", "private-namespace", "undumpable")
# The cells in a kernel's shell, and then the tests in the same one.
_KERNEL = """
import contextlib, io
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(said):
    shell = InteractiveShell(config=Config({{"HistoryManager": {{"enabled": False}}}}))
    begun = [shell.run_cell(text, store_history=True).success for text in {cells!r}]
    ended = shell.run_cell({asserts!r}, store_history=True).success
fooled = all(begun) and ended and "Error" not in said.getvalue()
"""


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
        self.wrong = self.grade(WRONG, student="beginner")

    def grade(self, *cells: str, limits: Limits = LIMITS, student: str = "attacker") -> Report:
        """The report on a notebook of these code cells, after the usual imports."""
        return self.grade_bytes(notebook(*cells), limits=limits, student=student)

    def grade_bytes(
        self, data: bytes, *, limits: Limits = LIMITS, student: str = "attacker", filename: str = f"{LAB}.ipynb"
    ) -> Report:
        """The report on a file with these bytes, in time (on a busy machine in time and grace), without the canary."""
        grader = self.grader(limits)
        started = time.monotonic()
        report = grader.grade(Submission(student, student, filename, filename, data))
        assert time.monotonic() - started < (1 + limits.grace) * limits.wall_submission + 1
        assert self.canary not in to_json(report) + feedback_page(report)
        return report

    def loot(self, *cells: str, name: str = "loot", limits: Limits = LIMITS) -> Any:
        """What a notebook of these code cells leaves behind under `name`, after the usual imports."""
        with Session(self.zygote, (IMPORTS, *cells), limits) as session:
            (found,) = session.request("lookup", name)
        assert session.cell_errors == (), "the attack has a fault of its own"
        return found

    def told(self, name: str, *cells: str, limits: Limits = LIMITS, without: Sequence[str] = ()) -> Any:
        """What these cells leave behind under a name, after the checks have been run on them.

        `without` leaves out layers of the sandbox: to see that the same code gets what it wants where nothing stops it.
        """
        kit = self.grader()._kit(self.course.labs[0])
        zygote = _Without(self.zygote, without) if without else self.zygote
        with Session(zygote, [IMPORTS, *cells], limits, self.grader()._cache(kit)) as session:
            kit.judge(session)
            return session.request("lookup", name)[0]

    def fooled_beside_its_tests(self, *cells: str) -> bool:
        """Whether these cells pass `ASSERTS` where those run after them in the same kernel, as nbgrader's do."""
        driver = _KERNEL.format(cells=[IMPORTS, *cells], asserts=ASSERTS)
        found: bool = self.told("fooled", driver, without=WALLS)
        return found

    def grader(self, limits: Limits = LIMITS) -> Grader:
        """A grader with these limits, made once."""
        if limits not in self._graders:
            settings = Settings(self.course.root, self.course.seed, limits)
            grader = Grader(self.course, self.zygote, settings, self.level, self._cache)
            grader._cache(grader._kit(self.course.labs[0]))  # done once in a run, and on no submission's clock
            self._graders[limits] = grader
        return self._graders[limits]

    def footprint(self) -> Footprint:
        """What there is now."""
        pid = self.zygote._process.pid
        memory = sum(_memory(one) for one in (os.getpid(), pid))
        scratch = frozenset(path.name for path in self.zygote._home.iterdir() if path.name.startswith("child-"))
        return Footprint(frozenset(_descendants(pid)), scratch, len(os.listdir("/proc/self/fd")), memory)  # noqa: PTH208

    def assert_as_before(self, before: Footprint) -> None:
        """Nothing of an attack is left."""
        after = self.footprint()
        assert after.processes == before.processes
        assert after.scratch == before.scratch
        assert after.descriptors <= before.descriptors
        assert after.memory - before.memory < MOST_GROWTH

    def assert_bystander_is_unharmed(self) -> None:
        """The report of who was graded before the attacks, graded again, is what it was."""
        again = self.grade(RIGHT, student="bystander")
        assert to_json(again) == to_json(self.honest)


class _Without:
    """A zygote whose children lack some layers."""

    def __init__(self, zygote: Zygote, layers: Sequence[str]) -> None:
        self._zygote = zygote
        self._layers = layers

    def spawn(self, *args: Any, **kwargs: Any) -> Child:
        """See `Zygote.spawn`."""
        return self._zygote.spawn(*args, **{**kwargs, "without": self._layers})


def notebook(*cells: str, metadata: dict[str, object] | None = None) -> bytes:
    """A notebook of the lab with these code cells, after one with the usual imports."""
    code = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": text,
        }
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


def verdicts(report: Report) -> list[tuple[object, ...]]:
    """How each task and each of its checks ended: all that an attack could want to change."""
    return [(one.name, one.outcome, one.points, *(check.outcome for check in one.checks)) for one in report.tasks]


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
