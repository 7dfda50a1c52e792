"""A report -> the `results.json` of PrairieLearn. What could not be graded is not `gradable`: no attempt lost."""

import json
from typing import Any

from autograder.export.verdict import fraction, why_no_points
from autograder.export.words import heading, summary_text, task_text
from autograder.report.record import Report, TaskReport
from autograder.report.words import for_a_student

LARGEST = 1_000_000  # bytes; PrairieLearn takes no more
_SHORTENED = "The details are left out here, for there are too many of them."


def to_prairielearn(report: Report) -> str:
    """The results as JSON text of at most a megabyte, ending in a line feed."""
    shown = for_a_student(report)
    text = _text(_results(shown, with_details=True))
    return text if len(text.encode()) <= LARGEST else _text(_results(shown, with_details=False))


def _results(report: Report, *, with_details: bool) -> dict[str, Any]:
    score, why = fraction(report), why_no_points(report)
    if score is None:
        why = why or "the lab gives no points"
        return {"gradable": False, "message": f"This could not be graded: {why}", "format_errors": [why]}
    return {
        "gradable": True,
        "score": round(score, 6),
        "message": f"{len(report.tasks)} tasks",
        "output": summary_text(report) if with_details else _SHORTENED,
        "tests": [_test(task, with_details=with_details) for task in report.tasks],
    }


def _test(task: TaskReport, *, with_details: bool) -> dict[str, Any]:
    # Points and the most for every test: where one lacks them PrairieLearn shows no test at all.
    told = {"name": task.name, "description": heading(task), "points": task.points, "max_points": task.max_points}
    return {**told, "output": task_text(task) if with_details else _SHORTENED}


def _text(results: dict[str, Any]) -> str:
    return json.dumps(results, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
