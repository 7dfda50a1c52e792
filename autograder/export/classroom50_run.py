"""Classroom 50's grade job: a student's checkout -> `result.json` and `release-body.md` in it."""

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from autograder.collect import Submission
from autograder.course import Course
from autograder.export.classroom50_result import result_of
from autograder.export.gradescope_intake import take_notebook
from autograder.export.visible_course import visible_course
from autograder.export.words import heading, summary_text
from autograder.report.record import Report
from autograder.report.words import number, points, sign, word
from autograder.report.write import write_whole

Grade = Callable[[Submission, Course], Report]


def run(bundle: Path, checkout: Path, environment: Mapping[str, str], grade: Grade) -> Report:
    """Grade the lab's notebook in a checkout, and write the result there.

    Raises:
        ExportError: the bundle or the runner's variables are not as they must be, or there is no verdict.
        OSError: the result cannot be written.
    """
    course = visible_course(bundle)
    (lab,) = course.labs
    taken = take_notebook(checkout, course)
    if taken.submission is None:
        report = Report("classroom50", "", str(checkout), lab.name, problem=taken.why)
    else:
        report = grade(taken.submission, course)
    result = result_of(report, environment, now=datetime.datetime.now(datetime.UTC))
    write_whole(checkout / "result.json", (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode())
    write_whole(checkout / "release-body.md", release_body(report).encode())
    return report


def release_body(report: Report) -> str:
    """What the student reads in the release: a table of the tasks, and what it is worth."""
    rows = [
        f"| {sign(task.outcome)} {word(task.outcome)} | {_cell(heading(task))} | {points(task)} |"
        for task in report.tasks
    ]
    table = ["| | task | points |", "| --- | --- | --- |", *rows] if rows else []
    total = f"{number(report.points)} of {number(report.max_points)} points by the visible checks. "
    lines = [total + "Your teacher grades with more checks, elsewhere.", "", *table]
    if report.problem or report.cells:
        lines += ["", *_quoted(summary_text(report).splitlines())]
    return "\n".join(lines) + "\n"


def _quoted(lines: Sequence[str]) -> list[str]:
    """As code, so that nothing in a student's text acts as Markdown."""
    return [f"    {line}" for line in lines]


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
