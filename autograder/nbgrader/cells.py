"""A task's two cells as nbgrader knows them: the answer, and the check that is worth its points.

They are called what they are called in our notebooks, `kmer_counts-answer` and `kmer_counts-check`. In a source
notebook the check cell begins with a hidden test that takes the place of `check`, so its last value is the points:

    ### BEGIN HIDDEN TESTS
    from autograder.nbgrader.scoring import check
    ### END HIDDEN TESTS
    check("kmer_counts")

nbgrader takes those three lines out for students, and puts them back when it grades. No hidden check stands in them, so
none comes into a feedback page.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from autograder.course import Task
from autograder.percent import Cell

SCHEMA_VERSION = 3
_HIDDEN = """\
### BEGIN HIDDEN TESTS
from autograder.nbgrader.scoring import check
### END HIDDEN TESTS
"""


@dataclass(frozen=True)
class GradedCell:
    """A cell that nbgrader has a grade or a comment for.

    Attributes:
        name: its `grade_id`.
        grade: whether it is worth points.
        solution: whether the student writes in it.
        task: whether it is a manually graded task.
        cell_type: "code" or "markdown".
        points: what it is worth; None where it is worth nothing.
        source: its text as nbgrader puts it back; "" where that is not known.
    """

    name: str
    grade: bool
    solution: bool
    task: bool
    cell_type: str
    points: float | None
    source: str

    @property
    def manual(self) -> bool:
        """Whether a person grades it."""
        return self.task or (self.grade and self.solution)

    @property
    def locked(self) -> bool:
        """Whether nbgrader puts its text back before it grades."""
        return not self.solution and (self.grade or self.task)

    def metadata(self) -> dict[str, Any]:
        """Its metadata, by nbgrader's schema 3."""
        about: dict[str, Any] = {
            "grade": self.grade,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": SCHEMA_VERSION,
            "solution": self.solution,
            "task": self.task,
        }
        return about if self.points is None else about | {"points": self.points}

    def checksum(self) -> str:
        """The digest by which nbgrader tells whether the cell was changed."""
        parts = [self.source, self.cell_type, str(self.grade), str(self.solution), str(self.locked), self.name]
        if self.grade:
            parts.append(str(float(self.points or 0)))
        return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def answer_name(task: str) -> str:
    """The name of the cell that a task's answer is written in."""
    return f"{task}-answer"


def check_name(task: str) -> str:
    """The name of the cell that is worth a task's points."""
    return f"{task}-check"


def answer_cell(task: Task) -> GradedCell:
    """The cell that the task's answer is written in, as students get it."""
    return GradedCell(answer_name(task.name), False, True, False, "code", None, task.starter)


def check_cell(task: Task, text: str) -> GradedCell:
    """The cell that is worth the task's points. `text`: what students see of it."""
    return GradedCell(check_name(task.name), True, False, False, "code", float(task.points), _HIDDEN + text)


def graded_cells(tasks: Iterable[Task], cells: Iterable[Cell]) -> list[GradedCell]:
    """All of a lab's, in order. `cells`: those of its source."""
    checks = {cell.task: cell.text for cell in cells if cell.role == "check"}
    return [made for task in tasks for made in (answer_cell(task), check_cell(task, checks[task.name]))]
