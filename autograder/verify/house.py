"""What the rules look at: a course or a part of it, its sample answers, and what processes have found out of them."""

import contextlib
import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.course import Course, CourseError, Lab, Task
from autograder.verify.judging import TaskVerdict, judge_sample, try_reference
from autograder.verify.problem import place
from autograder.verify.samples import Sample, samples_of
from autograder.verify.workers import Lost, Workers
from dlfb_lab._judge import CheckResult

JOB_LIMIT = 120.0
RUNS = 50
_PATIENCE = 5


@dataclass(frozen=True)
class Part:
    """A part of a course: some of its tasks. `labs` are those that have one of them, or were named themselves."""

    labs: tuple[Lab, ...]
    tasks: tuple[Task, ...]
    is_all: bool

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the tasks."""
        return frozenset(task.name for task in self.tasks)


def part_of(course: Course, wanted: Sequence[str]) -> Part:
    """The tasks that `wanted` names: by their lab, as LAB.TASK or alone. All of them where it names nothing.

    Raises:
        CourseError: the course has no lab and no task of such a name.
    """
    tasks = {name: task for lab in course.labs for task in lab.tasks for name in (task.name, f"{lab.name}.{task.name}")}
    labs = {lab.name: lab for lab in course.labs}
    for name in wanted:
        if name not in tasks and name not in labs:
            raise CourseError(_unknown(name, course, [*labs, *tasks]))
    if not wanted:
        return Part(course.labs, tuple(task for lab in course.labs for task in lab.tasks), True)
    named = {name for name in wanted if name in labs} | {tasks[name].lab for name in wanted if name in tasks}
    chosen = {tasks[name].name for name in wanted if name in tasks}
    return Part(
        labs=tuple(lab for lab in course.labs if lab.name in named),
        tasks=tuple(t for lab in course.labs for t in lab.tasks if lab.name in wanted or t.name in chosen),
        is_all=False,
    )


def _unknown(name: str, course: Course, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, 1)
    labs = ", ".join(lab.name for lab in course.labs)
    return f"{name}: no lab or task of this course. " + (f"Did you mean {close[0]}?" if close else f"Labs are {labs}.")


class House:
    """A course, or a part of it, under inspection.

    Args:
        course: the course.
        part: what of it to look at.
        workers: who judges.
        runs: with how many seeds the checks are tried on the reference answers.
    """

    def __init__(self, course: Course, part: Part, workers: Workers, runs: int = RUNS) -> None:
        self.course = course
        self.root = course.home
        self.part = part
        self.workers = workers
        self.runs = runs

    def place(self, path: Path, line: int | None = None) -> str:
        """A file of the course, as its author knows it."""
        return place(path, self.root, line)

    def tasks_of(self, lab: Lab) -> list[Task]:
        """The lab's tasks under inspection."""
        return [task for task in lab.tasks if task.name in self.part.names]

    @cached_property
    def right(self) -> list[Sample]:
        """The right sample answers."""
        return self._samples("right")

    @cached_property
    def wrong(self) -> list[Sample]:
        """The wrong sample answers."""
        return self._samples("wrong")

    def _samples(self, kind: str) -> list[Sample]:
        every = [sample for folder in self.course.folders for sample in samples_of(folder, kind)]
        return [sample for sample in every if sample.task in self.part.names]

    @cached_property
    def verdicts(self) -> dict[Sample, TaskVerdict | Lost]:
        """The verdict on each sample answer."""
        both = [*self.right, *self.wrong]
        return dict(zip(both, self.workers.map(judge_sample, self.course.folders, both), strict=True))

    @cached_property
    def reference_runs(self) -> dict[str, list[tuple[int, tuple[CheckResult, ...]]] | Lost]:
        """For each task the seed and the results of every run of its checks on the reference answer."""
        seeds = tuple(self.course.seed + 1 + number for number in range(self.runs))
        names = [task.name for task in self.part.tasks]
        found = self.workers.map(
            try_reference, self.course.folders, [(name, seeds) for name in names], patience=_PATIENCE
        )
        return dict(zip(names, found, strict=True))


@contextlib.contextmanager
def open_house(
    course: Course,
    wanted: Sequence[str] = (),
    *,
    runs: int = RUNS,
    limit: float = JOB_LIMIT,
    count: int = 2,
    on_done: Callable[[int, int], None] = lambda done, all_: None,
) -> Iterator[House]:
    """A course, or the part of it that `wanted` names, under inspection, with workers to judge its answers.

    Args:
        course: the course.
        wanted: names of labs and tasks; nothing means all.
        runs: with how many seeds the checks are tried on the reference answers.
        limit: seconds for one answer.
        count: how many workers.
        on_done: told how far a rule has come.

    Raises:
        CourseError: `wanted` names what is not there.
    """
    part = part_of(course, wanted)
    with Workers(count, limit, on_done) as workers:
        yield House(course, part, workers, runs)
