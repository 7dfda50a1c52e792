"""What an export may say of a report: its points, or why there are none to pass on."""

from collections.abc import Sequence

from autograder.plain_text import one_line
from autograder.report.record import Report
from dlfb_lab._outcome import Outcome


def earned(report: Report) -> float | None:
    """The points to pass on, with all adjustments; None where there is no verdict, which is not a 0."""
    return None if why_no_points(report) else report.final_points


def why_no_points(report: Report) -> str:
    """Why a report has no points to pass on, in one sentence; "" where it has. A person's word is a verdict too."""
    said = {change.task for change in report.adjustments if change.kind == "override"}
    if "" in said:
        return ""
    if report.problem:
        return "" if said else f"nothing could be graded: {one_line(report.problem)}"
    broken = [task.name for task in report.tasks if _is_broken(report, task.name) and task.name not in said]
    if broken:
        return f"a check of ours could not judge {', '.join(broken)}. Grade again, or override the points."
    if report.faults and not said:
        return "a fault of the grader's own. Grade again, or override the points."
    return ""


def without_points(reports: Sequence[Report]) -> list[str]:
    """A sentence for each report without points, for a person to read."""
    return [f"{who(report)}: {why}" for report in reports if (why := why_no_points(report))]


def who(report: Report) -> str:
    """Whose work it is, for a person."""
    return one_line(f"{report.student} ({report.lab or 'no lab'}, {report.source})")


def fraction(report: Report) -> float | None:
    """The points as a part of what could be reached, from 0 to 1; None where there are none."""
    points = earned(report)
    if points is None or not report.max_points:
        return None
    return min(1.0, max(0.0, points / report.max_points))


def _is_broken(report: Report, name: str) -> bool:
    tasks = [task for task in report.tasks if task.name == name]
    ends = [end for task in tasks for end in (task.outcome, *(check.outcome for check in task.checks))]
    return Outcome.GRADER_ERROR in ends
