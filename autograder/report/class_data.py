"""Reports -> one object for a program: who got how much, what needs a look, and where the files are."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.plain_text import one_line
from autograder.report.record import Report
from autograder.report.write import feedback_path, report_path


def class_data(reports: Sequence[Report], out: Path, *, problems: Sequence[str], skipped: int) -> dict[str, Any]:
    """What `autograder grade --json` prints.

    Args:
        reports: in the order in which they are listed.
        out: the folder that they were written to.
        problems: what the intake could not look at, one sentence each.
        skipped: how many files beside the notebooks are none.
    """
    return {
        "start": str((out / "index.html").resolve()),
        "scores": str((out / "scores.csv").resolve()),
        "submissions": [_submission(report, out) for report in reports],
        "grader_errors": sum(report.has_grader_error for report in reports),
        "problems": [one_line(problem) for problem in problems],
        "skipped": skipped,
    }


def _submission(report: Report, out: Path) -> dict[str, Any]:
    return {
        "submission": report.submission,
        "student": one_line(report.student),
        "lab": report.lab,
        "points": report.points,
        "max_points": report.max_points,
        "problem": one_line(report.problem),
        "grader_error": report.has_grader_error,
        "isolation": report.isolation,
        "report": str(report_path(report.submission, out).resolve()),
        "feedback": str(feedback_path(report.submission, out).resolve()),
    }
