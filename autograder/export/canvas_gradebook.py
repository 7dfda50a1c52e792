"""The gradebook that Canvas exports, read: its student columns, its assignments, who is in it.

Student,ID,SIS User ID,SIS Login ID,Section,Lab 03 (4411), ... , Current Score
    Points Possible,,,,,21, ... ,(read only)
"Lovelace, Ada",101,A0001,ada.l,BIO-1,20, ... ,95
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.export.results_folder import ExportError
from autograder.export.separated import read_rows
from autograder.roster import Roster, RosterError, Student

_STUDENT_COLUMNS = ("student", "id", "sis user id", "sis login id", "integration id", "root account", "section")


@dataclass(frozen=True)
class Gradebook:
    """What Canvas exported. `student_columns` is how many come before the first assignment."""

    path: Path
    rows: list[list[str]]
    sign: str
    student_columns: int


def read_gradebook(path: Path) -> Gradebook:
    """The gradebook in the file.

    Raises:
        ExportError: the file is no gradebook of Canvas's. The message says what it should begin with.
    """
    rows, sign = read_rows(path)
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if header[:2] != ["student", "id"] or "section" not in header:
        raise ExportError(
            f"{path}: is no gradebook of Canvas's: its first line must begin with Student,ID and have a Section. "
            "In Canvas: Grades, Export, Export Entire Gradebook."
        )
    width = header.index("section") + 1
    strange = [rows[0][place] for place, cell in enumerate(header[:width]) if cell not in _STUDENT_COLUMNS]
    if strange:
        raise ExportError(
            f"{path}: does not know the column {strange[0]!r} before Section. Export the gradebook again."
        )
    return Gradebook(path, rows, sign, width)


def assignment_column(gradebook: Gradebook, titles: Sequence[str]) -> int:
    """The place of the column that has one of the titles, with or without Canvas's number in brackets.

    Raises:
        ExportError: there is none, or more than one.
    """
    header = gradebook.rows[0]
    wanted = [_bare(title) for title in titles]
    for place in range(gradebook.student_columns, len(header)):
        exact = header[place].strip() == titles[0].strip()
        if exact or (_bare(header[place]) in wanted and _is_unique(header, gradebook.student_columns, place)):
            return place
    known = [re.sub(r"\s*\(\d+\)$", "", cell.strip()) for cell in header[gradebook.student_columns :]]
    assignments = [repr(cell) for cell in known if cell and not re.search(r"\b(Points|Score|Grade)$", cell)]
    raise ExportError(
        f"{gradebook.path}: has no assignment called {' or '.join(map(repr, titles))}, or two of that name. "
        f"It has: {', '.join(assignments) or 'none'}. Name one of them with --assignment, as its heading has it."
    )


def _bare(title: str) -> str:
    """A title without Canvas's number of the assignment, as in `Lab 3 (12345)`."""
    return re.sub(r"\s*\(\d+\)$", "", title.strip()).casefold()


def _is_unique(header: Sequence[str], start: int, place: int) -> bool:
    return sum(_bare(cell) == _bare(header[place]) for cell in header[start:]) == 1


def _is_possible(row: Sequence[str]) -> bool:
    return "points possible" in cell_of(row, 0).casefold()


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def students_of(gradebook: Gradebook) -> dict[int, Student]:
    """Place in the file -> student. Rows without any id, such as the points possible, are nobody's.

    Raises:
        ExportError: nobody is in it, or somebody twice.
    """
    header = [cell.strip().casefold() for cell in gradebook.rows[0][: gradebook.student_columns]]
    students = {}
    for place, row in enumerate(gradebook.rows[1:], 1):
        told = dict(zip(header, row, strict=False))
        id, login = told["id"].strip(), told.get("sis login id", "").strip()
        if id and not _is_possible(row):
            email = login if "@" in login else ""
            aliases = tuple(filter(None, [login if not email else ""]))
            sis = told.get("sis user id", "").strip()
            students[place] = Student(id, told["student"].strip() or id, email, sis, handed_in_as=aliases)
    if not students:
        raise ExportError(f"{gradebook.path}: lists no student with an ID. In Canvas: Grades, Export.")
    try:
        Roster(tuple(students.values()))
    except RosterError as error:
        raise ExportError(f"{gradebook.path}: {error}") from None
    return students


def cell_of(row: Sequence[str], place: int) -> str:
    """The text of a cell; "" where the row is too short."""
    return row[place] if place < len(row) else ""


def possible_points(gradebook: Gradebook, column: int) -> float | None:
    """The points that Canvas gives for an assignment; None where the file does not say."""
    return next((_number(cell_of(row, column)) for row in gradebook.rows[1:3] if _is_possible(row)), None)
