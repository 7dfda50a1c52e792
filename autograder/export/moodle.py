"""Reports -> a CSV for Moodle's grade import: who by e-mail address or ID number, one grade item, perhaps feedback.

Moodle asks in its own page what each column is. It has three traps: an e-mail address must have the very letters that
Moodle knows; an empty grade wipes the one that is there; so does a feedback column without a grade column. So the file
never has feedback alone, and only rows that have points.

Nothing here can act as a formula in a spreadsheet: there are no names, feedback begins with our own words, and an
address or number that begins like a formula is left out, and said to be.
"""

from collections.abc import Sequence

from autograder.export.counted import counted
from autograder.export.made import Made
from autograder.export.separated import to_text
from autograder.export.verdict import earned
from autograder.export.words import short_feedback
from autograder.report.csv_file import one_cell
from autograder.report.record import Report
from autograder.report.words import number
from autograder.roster import Roster

EMAIL, ID_NUMBER = "Email address", "ID number"


def to_moodle(
    reports: Sequence[Report], roster: Roster, item: str, *, by: str = EMAIL, with_feedback: bool = False
) -> Made:
    """The grades of one lab.

    Args:
        reports: of one lab.
        roster: the class, with e-mail addresses or, as `sis_id`, ID numbers.
        item: what the grade item is called in Moodle.
        by: `EMAIL` or `ID_NUMBER`.
        with_feedback: whether a column of feedback follows the grades.
    """
    given = counted(reports, roster.find, roster)
    rows, left_out = [], list(given.left_out)
    for student in roster.students:
        report = given.reports.get(student.id)
        points = None if report is None else earned(report)
        if report is None or points is None:
            continue
        key = student.email if by == EMAIL else student.sis_id
        if trouble := _trouble(key, by):
            left_out.append(f"{student.name}: {trouble}")
            continue
        feedback = [short_feedback(report)] if with_feedback else []
        rows.append([key, number(points), *feedback])
    header = [by, one_cell(item), *([f"{one_cell(item)} feedback"] if with_feedback else [])]
    return Made(to_text([header, *rows]), len(rows), tuple(left_out), given.notes)


def _trouble(key: str, by: str) -> str:
    column = "email" if by == EMAIL else "sis_id"
    if not key:
        return f"has no {column} in the roster, by which Moodle would know them. Add it."
    if one_cell(key) != key:
        return f"{column} {one_cell(key)} would act as a formula in a spreadsheet. Enter this grade by hand."
    return ""
