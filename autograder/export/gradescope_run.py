"""The life of Gradescope's container: one submission -> `results/results.json`, whatever happens.

    BASE/source                      the zip: gradescope.json, course/, course1/ ...
    BASE/submission                  what the student handed in
    BASE/submission_metadata.json    whose it is, and what their earlier submissions got
    BASE/results/results.json        what we write

A student's fault (no notebook, two, a broken one) is worth 0 points and says what to do. A fault of ours, or a
container that does not separate submissions from the grader, gives no number: see `gradescope_results.py`.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.collect import Submission
from autograder.course import Course, load_course
from autograder.export.gradescope_intake import Metadata, named, read_metadata, take_notebook
from autograder.export.gradescope_results import not_graded, rejected, results_of, to_text
from autograder.export.results_folder import ExportError
from autograder.plain_text import one_line
from autograder.report.record import Report
from autograder.report.write import write_whole

_SETTINGS = "gradescope.json"
# Grades one submission of a course. May raise anything: that is what the results are for.
Grade = Callable[[Submission, Course, bool], Report]


class NotSeparated(Exception):
    """The container cannot keep a student's process apart from the grader as is needed. The message says how far."""


@dataclass(frozen=True)
class Container:
    """The folders of one life. `lab` and `allow_practice` are what the zip was made with."""

    base: Path
    lab: str
    allow_practice: bool

    @property
    def course_folders(self) -> list[Path]:
        """The course, and what lies over it, the one that wins last."""
        return sorted(folder for folder in (self.base / "source").glob("course*") if folder.is_dir())


@dataclass(frozen=True)
class Outcome:
    """What was written, and what only the staff may read. `ok`: nothing of ours failed."""

    results: dict[str, Any]
    staff: tuple[str, ...]
    ok: bool


def run(base: Path, grade: Grade) -> Outcome:
    """Grade what lies in `base`, and write the results. Raises OSError alone: they could not be written."""
    results = base / "results"
    results.mkdir(exist_ok=True)
    results.chmod(0o755)  # a student's process, whoever it is, writes no results
    started, metadata = time.monotonic(), read_metadata(base / "submission_metadata.json")
    outcome = _outcome(base, metadata, grade, started)
    write_whole(results / "results.json", to_text(outcome.results).encode())
    (results / "results.json").chmod(0o644)
    return outcome


def _outcome(base: Path, metadata: Metadata, grade: Grade, started: float) -> Outcome:
    notes = (metadata.problem,) if metadata.problem else ()
    try:
        container = _container(base)
        course = load_course(container.course_folders)
        taken = take_notebook(base / "submission", course)
        if taken.submission is None:
            seconds = time.monotonic() - started
            return Outcome(rejected(taken.why, container.lab, seconds=seconds), (*notes, taken.why), ok=True)
        report = grade(named(taken.submission, metadata), course, container.allow_practice)
    except NotSeparated as error:
        return _failed(str(error), metadata, notes, str(error))
    except Exception as error:
        # What broke may quote a hidden check, so the student reads only that something did.
        why = "something of ours went wrong."
        return _failed(why, metadata, notes, f"{type(error).__name__}: {error}")
    results = results_of(report, seconds=time.monotonic() - started, kept_score=metadata.previous_score)
    return Outcome(results, (*notes, *_staff_notes(report)), ok=not report.has_grader_error)


def _failed(why: str, metadata: Metadata, notes: tuple[str, ...], staff: str) -> Outcome:
    said = f"NOT GRADED, no points lost. {one_line(staff, 2000)} Mend it and press Rerun Autograder."
    return Outcome(not_graded(why, kept_score=metadata.previous_score), (*notes, said), ok=False)


def _staff_notes(report: Report) -> tuple[str, ...]:
    level = f"Isolation {report.isolation}." if report.isolation else "Nothing was run."
    faults = [f"A FAULT OF OURS, no points lost: {one_line(fault, 2000)}" for fault in report.faults]
    return (f"{report.student}: {report.lab or 'lab not known'}. {level}", *faults)


def _container(base: Path) -> Container:
    path = base / "source" / _SETTINGS
    try:
        told = json.loads(path.read_text("utf-8"))
        lab, allow = told["lab"], told["allow_practice"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(f"{path}: cannot be read ({error}). Export the zip again and upload it as it is.") from error
    container = Container(base, str(lab), allow is True)
    for folder in container.course_folders:
        folder.chmod(0o700)
    return container


def prepared(base: Path, grade: Grade) -> Outcome:
    """Grade the notebook as it is handed out, when the image is built: it works, and what it compiles is kept.

    A kernel that is too weak is no failure here: the run says so, for each submission, if it is so there, too.
    """
    container = _container(base)
    course = load_course(container.course_folders)
    notebook = container.course_folders[0] / "exercises" / f"{container.lab}.ipynb"
    submission = Submission("gradescope", "nobody", "the notebook as handed out", notebook.name, notebook.read_bytes())
    try:
        report = grade(submission, course, container.allow_practice)
    except NotSeparated as error:
        return Outcome({}, (f"While the image is built: {error}",), ok=True)
    ok = not report.has_grader_error and not report.problem
    return Outcome({}, (*_staff_notes(report), *([report.problem] if report.problem else [])), ok=ok)
