"""A report -> the `result.json` of Classroom 50, schema classroom50/result/v1.

Its scores are whole numbers, ours have hundredths, so all are given a hundredfold: 14.67 of 15 points are 1467 of 1500.
One factor for all, so that the scores of a class can be compared. The tests of a result keep what else stands in them,
so each has the points as they are, and what to read.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from autograder.export.results_folder import ExportError
from autograder.export.verdict import earned, why_no_points
from autograder.export.words import heading, task_text
from autograder.report.record import Report, TaskReport
from autograder.report.words import for_a_student
from dlfb_lab._outcome import Outcome

FACTOR = 100
SCHEMA = "classroom50/result/v1"


def result_of(report: Report, environment: Mapping[str, str], *, now: datetime.datetime) -> dict[str, Any]:
    """The result of a report, with all fields that the schema asks for.

    Args:
        report: on one submission.
        environment: the variables that the runner sets: CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL ...
        now: an instant with a time zone. The runner replaces it by that of the submission.

    Raises:
        ExportError: a variable is missing; or there is no verdict, which is no result but an infrastructure error.
    """
    if earned(report) is None and not (report.problem and not report.has_grader_error):
        raise ExportError(f"This could not be graded: {why_no_points(report)}")
    shown = for_a_student(report)
    commit = _told(environment, "COMMIT_URL")
    tests = [_test(task) for task in shown.tasks] or [_nothing(shown)]
    most = sum(test["max-score"] for test in tests)
    return {
        "schema": SCHEMA,
        "classroom": _told(environment, "CLASSROOM"),
        "assignment": _told(environment, "ASSIGNMENT"),
        "assignment_type": environment.get("ASSIGNMENT_TYPE") or "individual",
        "owner": environment.get("OWNER") or _told(environment, "USERNAME"),
        "submission": _told(environment, "SUBMISSION_TAG"),
        "commit": commit,
        "release": _told(environment, "RELEASE_URL"),
        "review": environment.get("REVIEW_URL") or commit,
        "datetime": now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": min(most, _whole(report.final_points)),
        "max-score": most,
        "tests": tests,
    }


def _test(task: TaskReport) -> dict[str, Any]:
    most = _whole(task.max_points)
    return {
        "test-name": heading(task),
        "passed": task.outcome is Outcome.PASSED,
        "score": min(most, _whole(task.points)),
        "max-score": most,
        "points": task.points,
        "max-points": task.max_points,
        "outcome": task.outcome.value,
        "output": task_text(task),
    }


def _nothing(report: Report) -> dict[str, Any]:
    told = {"test-name": "A notebook of this lab", "passed": False, "score": 0, "max-score": 0}
    return {**told, "output": report.problem or "There was nothing to grade."}


def _whole(points: float) -> int:
    return max(0, round(points * FACTOR))


def _told(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise ExportError(f"The variable {name} is not set. Classroom 50's runner sets it; run this there.")
    return value
