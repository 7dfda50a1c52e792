"""Reports -> a CSV that Canvas's gradebook imports.

Into an exported gradebook: it goes back with its own student columns, letter for letter, and one assignment's column,
so that no other grade can be overwritten with what has become stale. Or from the class list alone. A blank cell is "no
change" to Canvas, so it stands for all that has no points: nothing handed in, nothing that could be graded, excused.

Names that begin like a formula are guarded by an apostrophe where we write them; those of Canvas's own export stay as
Canvas had them, since Canvas would not know the student otherwise.
"""

from collections.abc import Sequence

from autograder.export.canvas_gradebook import (
    Gradebook,
    assignment_column,
    cell_of,
    possible_points,
    students_of,
)
from autograder.export.counted import Counted, counted
from autograder.export.made import Made
from autograder.export.results_folder import ExportError
from autograder.export.separated import to_text
from autograder.export.verdict import earned
from autograder.plain_text import one_line
from autograder.report.csv_file import one_cell
from autograder.report.record import Report
from autograder.report.words import number
from autograder.roster import Roster, Student

_POSSIBLE = "    Points Possible"


def fill_gradebook(
    reports: Sequence[Report], gradebook: Gradebook, roster: Roster, titles: Sequence[str], scale: bool | None
) -> Made:
    """The gradebook's student columns and one column of points.

    Args:
        reports: of one lab.
        gradebook: what Canvas exported.
        roster: tells under which names students hand in; may be empty.
        titles: what the assignment may be called, the likeliest first; with or without Canvas's number in brackets.
        scale: whether points become a part of what Canvas has as points possible; None refuses where the two differ.

    Raises:
        ExportError: no such assignment, or Canvas gives other points for it than the lab has.
    """
    column = assignment_column(gradebook, titles)
    factor = _factor(gradebook, column, reports, scale)
    students = students_of(gradebook)
    book = _with_groups(Roster(tuple(students.values())), roster)
    given = counted(reports, lambda name: _row_of(name, book, roster), book)
    excused = []
    rows = [_cut(gradebook, gradebook.rows[0], column, None)]
    for place, row in enumerate(gradebook.rows[1:], 1):
        points = _points(given, students.get(place), factor)
        old = cell_of(row, column)
        if points and old.strip().upper() == "EX":
            excused.append(
                f"{one_line(cell_of(row, 0))}: is excused in Canvas, which stays; the work has {points} points."
            )
            points = ""
        keep = old if place not in students else points
        rows.append(_cut(gradebook, row, column, keep))
    count = sum(bool(row[-1]) for place, row in enumerate(rows) if place in students)
    return Made(to_text(rows, gradebook.sign), count, given.left_out, (*given.notes, *excused))


def from_roster(reports: Sequence[Report], roster: Roster, title: str) -> Made:
    """A gradebook of the class list: Canvas matches by the SIS id, else by the login, which is the roster's id."""
    given = counted(reports, roster.find, roster)
    most = max((report.max_points for report in reports), default=0.0)
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", one_cell(title)],
        [_POSSIBLE, "", "", "", "", number(most)],
    ]
    for student in roster.students:
        texts = map(one_cell, (student.name, "", student.sis_id, student.id, ""))
        rows.append([*texts, _points(given, student, 1.0)])
    count = sum(bool(row[-1]) for row in rows[2:])
    return Made(to_text(rows), count, given.left_out, given.notes)


def _points(given: Counted, student: Student | None, factor: float) -> str:
    report = given.reports.get(student.id) if student is not None else None
    points = earned(report) if report is not None else None
    return "" if points is None else number(points * factor)


def _factor(gradebook: Gradebook, column: int, reports: Sequence[Report], scale: bool | None) -> float:
    most = max((report.max_points for report in reports), default=0.0)
    possible = possible_points(gradebook, column)
    if possible is None or not most or abs(possible - most) < 0.005:
        return 1.0
    if scale is None:
        raise ExportError(
            f"{gradebook.path}: the assignment gives {number(possible)} points, the lab has {number(most)}. "
            f"Say --scale to stretch them to {number(possible)}, --no-scale to write them as they are, "
            "or change the assignment's points in Canvas and export again."
        )
    return possible / most if scale else 1.0


def _row_of(name: str, book: Roster, roster: Roster) -> Student | None:
    """The gradebook's student whom a name means, by way of the class list where that knows more."""
    known = roster.find(name)
    told = (known.sis_id, known.id, known.email, known.name) if known is not None else (name,)
    found = {match.id: match for text in told if text and (match := book.find(text))}
    # An id of one system may be another student's number in the other: then it could be two, and is neither.
    return next(iter(found.values())) if len(found) == 1 else None


def _with_groups(book: Roster, roster: Roster) -> Roster:
    """The gradebook's students, with the groups of the class list."""
    groups = {
        found.id: student.group
        for student in roster.students
        if (found := _row_of(student.id, book, roster)) is not None
    }
    return Roster(
        tuple(
            Student(one.id, one.name, one.email, one.sis_id, groups.get(one.id, ""), one.handed_in_as)
            for one in book.students
        )
    )


def _cut(gradebook: Gradebook, row: list[str], column: int, points: str | None) -> list[str]:
    own = [cell_of(row, place) for place in range(gradebook.student_columns)]
    return [*own, cell_of(row, column) if points is None else points]
