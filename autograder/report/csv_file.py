"""Reports -> `scores.csv`: one row a submission, for spreadsheets and learning management systems.

The file starts with a byte order mark: without one Excel garbles every name that is not ASCII, and pandas, LibreOffice,
Canvas and Moodle all read over it.
"""

import csv
import io
from collections.abc import Sequence

from autograder.plain_text import one_line
from autograder.report.record import Adjustment, Report
from autograder.report.words import difference, number
from dlfb_lab._outcome import Outcome

ENCODING = "utf-8-sig"
_FIXED = ["submission", "student", "lab", "points", "max points", "final points", "status", "problem", "adjustments"]
# What makes a spreadsheet take a text for a formula; the wide signs do so where Chinese or Japanese is typed.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def to_csv(reports: Sequence[Report]) -> str:
    """The scores as CSV text, to be stored in `ENCODING`.

    One column a task, headed `lab/task`, holds its points: empty where the submission is of another lab, and where the
    grader itself failed, since that is not a zero.
    """
    tasks = list(dict.fromkeys((report.lab, task.name) for report in _by_lab(reports) for task in report.tasks))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([one_cell(name) for name in [*_FIXED, *(f"{lab}/{task}" for lab, task in tasks)]])
    writer.writerows(_row(report, tasks) for report in reports)
    return text.getvalue()


def _by_lab(reports: Sequence[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: report.lab)


def _row(report: Report, tasks: Sequence[tuple[str, str]]) -> list[str]:
    scores = {
        (report.lab, task.name): "" if task.outcome is Outcome.GRADER_ERROR else number(task.points)
        for task in report.tasks
    }
    texts = [report.submission, report.student, report.lab]
    numbers = map(number, (report.points, report.max_points, report.final_points))
    fixed = [*numbers, _status(report), one_cell(report.problem), one_cell("; ".join(map(_change, report.adjustments)))]
    return [*map(one_cell, texts), *fixed, *(scores.get(task, "") for task in tasks)]


def _change(change: Adjustment) -> str:
    """What was changed, and why, such as "counts: 1 more (override: the text was unclear)"."""
    where = f"{change.task}: " if change.task else ""
    return f"{where}{difference(change.points)} ({change.kind}: {change.reason})"


def _status(report: Report) -> str:
    if report.has_grader_error:
        return "grader error"
    return "not run" if report.problem else "graded"


def one_cell(text: str) -> str:
    """`text` in one cell, on one line, which no spreadsheet takes for a formula."""
    guarded = f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
    return one_line(guarded)
