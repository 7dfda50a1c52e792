"""`roster.csv` -> the class. Its columns go by their headings, so that a learning management system's list will do.

    id,name,email,sis_id,group,handed_in_as
    ada,Ada Lovelace,ada@example.org,A0042,Team 1,lovelace_a;ada-l

Only `id` must be there. Columns with other headings are read over.
"""

import csv
import io
from pathlib import Path

from autograder.roster import Roster, RosterError, Student

# Heading, in small letters and with spaces for other signs -> what it says of a student.
_HEADINGS = {
    **dict.fromkeys(("id", "student id", "login", "login id", "sis login id", "username", "user name"), "id"),
    **dict.fromkeys(("name", "full name", "student", "student name"), "name"),
    **dict.fromkeys(("email", "e mail", "mail", "email address", "e mail address"), "email"),
    **dict.fromkeys(("sis id", "sis user id", "id number"), "sis_id"),
    **dict.fromkeys(("group", "groups", "team"), "group"),
    **dict.fromkeys(("handed in as", "aliases", "alias", "folder"), "handed_in_as"),
}


def read_roster(path: Path) -> Roster:
    """The class that the file lists.

    Raises:
        RosterError: the file cannot be read, has no ids, or lists somebody twice. The message says where.
    """
    rows = _rows(path)
    columns = [_HEADINGS.get(_heading(cell), "") for cell in rows[0]] if rows else []
    if "id" not in columns:
        raise RosterError(
            f"{path}: no column is headed `id`. Begin the file with a line such as id,name,email,sis_id,group."
        )
    for word in {column for column in columns if column and columns.count(column) > 1}:
        raise RosterError(f"{path}: two columns say what `{word}` is. Rename or remove one.")
    lines = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    try:
        return Roster(tuple(_student(f"{path}, row {number}", columns, row) for number, row in lines))
    except RosterError as error:
        raise error if str(path) in str(error) else RosterError(f"{path}: {error}") from None


def _rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise RosterError(f"{path}: missing. Write it, with a line such as id,name,email at its top.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RosterError(f"{path}: cannot be read ({error}). Save it as CSV in UTF-8.") from None
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)  # a spreadsheet of some countries parts columns by semicolons
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        raise RosterError(f"{path}: no CSV ({error}). Save it as CSV in UTF-8.") from None


def _heading(cell: str) -> str:
    return " ".join(cell.casefold().replace("_", " ").replace("-", " ").split())


def _student(place: str, columns: list[str], row: list[str]) -> Student:
    if len(row) > len(columns):
        raise RosterError(f"{place}: has {len(row)} cells, but there are {len(columns)} headings. Quote commas.")
    told = {column: cell.strip() for column, cell in zip(columns, row, strict=False) if column}
    if not told.get("id"):
        raise RosterError(f"{place}: has no id. Every student needs one.")
    names = tuple(name.strip() for name in told.pop("handed_in_as", "").split(";") if name.strip())
    told["name"] = told.get("name") or told["id"]
    return Student(**told, handed_in_as=names)
