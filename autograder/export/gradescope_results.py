"""A report -> the `results.json` that Gradescope reads: one of its tests a task, with the points of that task.

Everything is `visible`: a hidden check is shown by its sentence alone, which gives nothing away, and Gradescope hides a
student's total as soon as one test is hidden from them. Names and texts are declared as plain text, so that nothing a
student wrote is taken for HTML. The total is always given: it holds late policies and overrides, which no task shows.

Where there is no verdict for a fault of ours there is no number to give either, and none is invented: the score is that
of the student's previous submission, if there was one with a score, else the file has none. Its test says so. A single
check of ours that failed counts as passed, as in every report.
"""

import json
from typing import Any

from autograder.export.verdict import why_no_points
from autograder.export.words import heading, summary_text, task_text
from autograder.plain_text import one_line
from autograder.report.record import Report, TaskReport
from autograder.report.words import for_a_student
from dlfb_lab._outcome import Outcome

_TEXT = {"output_format": "text", "test_output_format": "text", "test_name_format": "text"}
NOT_GRADED = "This could not be graded"
_COSTS_NOTHING = (
    "This is no fault of yours and costs no points. Your teacher sees what happened and can grade it again; "
    "there is no need to hand it in once more."
)
_DOUBT = "\nA check of ours has failed. It counts as passed until your teacher has graded this again."


def results_of(report: Report, *, seconds: float | None = None, kept_score: float | None = None) -> dict[str, Any]:
    """The results of a report.

    Args:
        report: on one submission. A problem with the file that was handed in is worth 0 points, and says what to do.
        seconds: how long it took, where that is known.
        kept_score: the score of the student's previous submission, which stands where ours says nothing.
    """
    shown = for_a_student(report)
    why = why_no_points(report)
    if why and report.problem and report.has_grader_error:
        return not_graded(why, report=shown, seconds=seconds, kept_score=kept_score)
    doubt = _DOUBT if why and report.has_grader_error else ""
    results = {"score": report.final_points, "output": summary_text(shown) + doubt, **_TEXT, "visibility": "visible"}
    results["stdout_visibility"] = "hidden"
    if seconds is not None:
        results["execution_time"] = round(seconds, 2)
    results["tests"] = [_test(number, task) for number, task in enumerate(shown.tasks, 1)]
    results["extra_data"] = _extra(report, graded=not report.problem)
    return results


def rejected(why: str, lab: str, *, seconds: float | None = None) -> dict[str, Any]:
    """The results where what was handed in is nothing to grade: 0 points, and what to do."""
    results = {"score": 0.0, "output": one_line(why, 1000), **_TEXT, "visibility": "visible"}
    results |= {"stdout_visibility": "hidden", "tests": [], "extra_data": {"lab": lab, "graded": False}}
    return results if seconds is None else {**results, "execution_time": round(seconds, 2)}


def not_graded(
    why: str, *, report: Report | None = None, seconds: float | None = None, kept_score: float | None = None
) -> dict[str, Any]:
    """The results where we have failed: no points are lost. `why` is for the student too, so it tells no secret."""
    kept = "" if kept_score is None else " The score of your previous submission stands."
    text = f"{NOT_GRADED}: {one_line(why, 500)}\n{_COSTS_NOTHING}{kept}"
    results: dict[str, Any] = {} if kept_score is None else {"score": kept_score}
    results |= {"output": text, **_TEXT, "visibility": "visible", "stdout_visibility": "hidden"}
    if seconds is not None:
        results["execution_time"] = round(seconds, 2)
    results["tests"] = [{"name": NOT_GRADED, "status": "failed", "output": text, "visibility": "visible"}]
    results["extra_data"] = {"graded": False} if report is None else _extra(report, graded=False)
    return results


def _test(number: int, task: TaskReport) -> dict[str, Any]:
    return {
        "name": heading(task),
        "number": str(number),
        "score": task.points,
        "max_score": task.max_points,
        "status": "passed" if task.outcome is Outcome.PASSED else "failed",
        "output": task_text(task),
        "visibility": "visible",
        "extra_data": {"task": task.name, "outcome": task.outcome.value},
    }


def _extra(report: Report, *, graded: bool) -> dict[str, Any]:
    return {
        "lab": report.lab,
        "graded": graded,
        "points": report.points,
        "final_points": report.final_points,
        "max_points": report.max_points,
        "isolation": report.isolation,
        "fingerprint": report.fingerprint,
    }


def to_text(results: dict[str, Any]) -> str:
    """The results as JSON text, ending in a line feed."""
    return json.dumps(results, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
