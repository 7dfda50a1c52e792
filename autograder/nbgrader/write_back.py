"""Reports -> nbgrader's gradebook, and the graded notebooks beside it, where formgrader and feedback look for them.

    gradebook.db                                points, comments
    autograded/<student>/<lab>/<lab>.ipynb      the notebook that was handed in, with the verdicts in its check cells

Everything is one transaction: the notebooks are written before it ends, so the gradebook never speaks of one that is
not there. Running it again writes the same.
"""

import contextlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.build import build_lab
from autograder.collect import Submission
from autograder.course import Course, Lab
from autograder.nbgrader.cells import answer_name, check_name, graded_cells
from autograder.nbgrader.gradebook import Gradebook
from autograder.nbgrader.gradebook_file import open_gradebook
from autograder.nbgrader.graded_notebook import graded_notebook
from autograder.nbgrader.sayings import comment_on, verdicts
from autograder.nbgrader.timestamp import read_timestamp
from autograder.notebook_file import AnyCell, NotANotebook, read_all_cells
from autograder.percent import read_cells
from autograder.report.record import Report, TaskReport
from autograder.report.write import write_whole
from dlfb_lab._outcome import Outcome

_FOLDER_NAME = re.compile(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]{0,99}")


@dataclass(frozen=True)
class Written:
    """What was written. `problems`: sentences on what was not."""

    scores: int
    notebooks: int
    problems: tuple[str, ...]


def write_back(
    reports: Sequence[Report],
    course: Course,
    path: Path,
    handed_in: Mapping[str, Submission],
    *,
    patience: float = 20.0,
) -> Written:
    """Write what the reports say into the gradebook.

    Args:
        reports: of any labs of the course.
        course: theirs.
        path: the gradebook; made if there is none.
        handed_in: the submissions, by their ids; where one is missing, its notebook is not written.
        patience: seconds to wait for another program that writes to the gradebook.

    Raises:
        GradebookUnusable: it is locked, no gradebook, or of another version.
        OSError: a notebook cannot be written.
    """
    labs = {lab.name: lab for lab in course.labs}
    placed, problems = _placed(reports, labs)
    notebooks = 0
    with open_gradebook(path, patience=patience) as db:
        for name, of_lab in placed.items():
            shelf = _Shelf(Gradebook(db), course, labs[name], path.parent / "autograded")
            notebooks += sum(shelf.put(report, handed_in.get(report.submission)) for report in of_lab)
    return Written(sum(map(len, placed.values())), notebooks, tuple(problems))


def _placed(reports: Sequence[Report], labs: Mapping[str, Lab]) -> tuple[dict[str, list[Report]], list[str]]:
    """The reports that have a place in the gradebook, by lab, and why the others have none."""
    chosen: dict[tuple[str, str], Report] = {}
    problems = []
    for report in reports:
        if report.lab not in labs:
            what = f"it is of the lab {report.lab}, which this course has not" if report.lab else "its lab is unknown"
            problems.append(f"{report.submission} is not in the gradebook: {what}.")
            continue
        key = (report.lab, report.student)
        if key in chosen:
            problems.append(_twice(report, chosen[key]))
        elif not _FOLDER_NAME.fullmatch(report.student):
            problems.append(
                f"{report.submission}: only its points are written, for its student's name names no folder."
            )
        chosen[key] = max(chosen.get(key, report), report, key=lambda one: one.final_points)
    by_lab: dict[str, list[Report]] = defaultdict(list)
    for (lab, _), report in chosen.items():
        by_lab[lab].append(report)
    return by_lab, problems


def _twice(one: Report, other: Report) -> str:
    return (
        f"{one.student} has handed in {one.lab} more than once ({other.submission}, {one.submission}). nbgrader knows "
        "one: the one with more points is in the gradebook."
    )


class _Shelf:
    """The place of one lab in the gradebook."""

    def __init__(self, book: Gradebook, course: Course, lab: Lab, autograded: Path) -> None:
        self._book = book
        self._lab = lab
        self._kernelspec: dict[str, Any] = json.loads(build_lab(lab, course.install))["metadata"]["kernelspec"]
        self._assignment, name = book.assignment_of(lab.name)
        self._notebook = book.notebook(lab.name, self._assignment, json.dumps(self._kernelspec))
        book.put_cells(self._notebook, graded_cells(lab.tasks, read_cells(lab.source)))
        self._cells = book.cells(self._notebook)
        self._place = (autograded, name)

    def put(self, report: Report, handed_in: Submission | None) -> bool:
        """Write one report; whether its notebook was written, too."""
        handed_at = read_timestamp(Path(handed_in.source).with_name("timestamp.txt")) if handed_in else None
        part = self._book.submission(
            report.student, self._assignment, self._notebook, handed_at.in_gradebook if handed_at else None
        )
        self._put_scores(report, part)
        if handed_in is None or not _FOLDER_NAME.fullmatch(report.student):
            return False
        autograded, name = self._place
        folder = autograded / report.student / name
        text = graded_notebook(_cells_of(handed_in), self._cells, verdicts(report), self._kernelspec)
        write_whole(folder / f"{self._lab.name}.ipynb", text.encode())
        if handed_at is not None:
            write_whole(folder / "timestamp.txt", handed_at.text.encode())
        return True

    def _put_scores(self, report: Report, part: str) -> None:
        known = {task.name for task in self._lab.tasks}
        for task in report.tasks:
            if task.name not in known:
                continue  # the course has changed since
            changes = tuple(change for change in report.adjustments if change.task == task.name)
            score = _score(task, sum(change.points for change in changes))
            unsure = task.outcome is Outcome.GRADER_ERROR
            self._book.set_score(part, check_name(task.name), score, unsure)
            self._book.set_comment(part, answer_name(task.name), comment_on(task, changes, report.problem))
        if whole := [change.points for change in report.adjustments if not change.task]:
            self._book.set_penalty(part, round(-sum(whole), 2))


def _score(task: TaskReport, change: float) -> float | None:
    """The task's points with what a person changed of them; None where nothing of it could be judged."""
    if task.outcome is Outcome.GRADER_ERROR and not task.checks and not change:
        return None
    return round(max(0.0, task.points + change), 2)


def _cells_of(handed_in: Submission) -> tuple[AnyCell, ...]:
    with contextlib.suppress(NotANotebook):
        if not handed_in.problem:
            return read_all_cells(handed_in.data)
    return (AnyCell("markdown", "*What was handed in could not be read as a notebook.*"),)
