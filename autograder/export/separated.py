"""A CSV that another program wrote -> its rows, and rows -> CSV, with the sign that parts its columns."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from autograder.export.results_folder import ExportError


def read_rows(path: Path) -> tuple[list[list[str]], str]:
    """(rows, the sign between columns: a comma, a semicolon or a tab).

    Raises:
        ExportError: the file is missing, no text in UTF-8, or no CSV.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ExportError(f"{path}: missing. Give the file that the system exported.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path}: cannot be read ({error}). Export it again, as CSV in UTF-8.") from None
    sign = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        raise ExportError(f"{path}: no CSV ({error}). Export it again, as CSV in UTF-8.") from None
    return [row for row in rows if row], sign


def to_text(rows: Iterable[Iterable[str]], sign: str = ",") -> str:
    """The rows as CSV text, its lines ended as the standard for CSV has it."""
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
