"""When work was handed in. A time without its offset from UTC is refused: it would be another moment elsewhere.

Where a time comes from, the first that says one:

    --times FILE        a CSV with the columns student, lab, time; the student's name, id, or the submission's id
    timestamp.txt       beside the notebook, as nbgrader keeps it
    --use-file-times    when the file was last changed. Copying and unzipping change that, so it must be asked for
"""

import csv
import datetime
import io
import os
import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from autograder.report.record import Report
from autograder.roster import Roster

_MOST_BYTES = 200
_ZONE = re.compile(r"(?P<time>\d[\d:. T-]*\d)\s+(?P<zone>[A-Za-z_]+(?:/[A-Za-z_+-]+)*)")


class TimesError(ValueError):
    """A time, or a file of times, that cannot be used. The message says where and why."""


def parse_time(text: str) -> datetime.datetime:
    """The moment that `text` names: ISO 8601 with an offset, or with UTC or a zone such as Europe/Berlin behind it.

    Raises:
        TimesError: it is no time, or has no offset.
    """
    text = " ".join(text.split())
    match = _ZONE.fullmatch(text)
    try:
        zone = zoneinfo.ZoneInfo(match["zone"]) if match else None
        time = datetime.datetime.fromisoformat(match["time"] if match else text)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise TimesError(f"{text[:60]!r} is no time. Write it as 2025-03-03T23:59:00+01:00.") from None
    time = time.replace(tzinfo=zone) if zone and time.tzinfo is None else time
    if time.utcoffset() is None:
        raise TimesError(
            f"{text[:60]!r} has no offset from UTC, so nobody can tell when it is. "
            "Write it as 2025-03-03T23:59:00+01:00, or with Z at its end for UTC."
        )
    return time


@dataclass(frozen=True)
class Row:
    """One row of a file of times."""

    student: str
    lab: str
    time: datetime.datetime


def read_times(path: Path) -> tuple[Row, ...]:
    """The rows of a CSV with the columns student, lab, time.

    Raises:
        TimesError: it cannot be read, lacks a column, or a row names no time or the same work twice.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TimesError(f"{path}: cannot be read ({error}). Give a CSV in UTF-8.") from None
    found: dict[tuple[str, str], Row] = {}
    for place, row in enumerate(rows, 2):
        told = {str(name).strip().casefold(): (value or "").strip() for name, value in row.items() if name}
        missing = [name for name in ("student", "lab", "time") if not told.get(name)]
        if missing:
            raise TimesError(f"{path}, row {place}: no {missing[0]}. The columns are student, lab, time.")
        try:
            one = Row(told["student"], told["lab"], parse_time(told["time"]))
        except TimesError as error:
            raise TimesError(f"{path}, row {place}: {error}") from None
        if (one.student, one.lab) in found:
            raise TimesError(f"{path}, row {place}: {one.student} and {one.lab} stand there twice. Keep one.")
        found[one.student, one.lab] = one
    return tuple(found.values())


class Clock:
    """Says when work was handed in.

    Args:
        roster: the class.
        rows: of a file of times.
        use_file_times: whether the file's own time will do where nothing else says one.

    Attributes:
        problems: sentences on times that could not be used.
    """

    def __init__(self, roster: Roster, rows: Sequence[Row] = (), *, use_file_times: bool = False) -> None:
        self._roster = roster
        self._rows = rows
        self._use_file_times = use_file_times
        self.problems: list[str] = []

    def of(self, report: Report) -> datetime.datetime | None:
        """When the work of a report was handed in; None where nothing says it."""
        return self._by_row(report) or self._by_stamp(report) or self._by_file(report)

    def strange_rows(self, reports: Sequence[Report]) -> list[str]:
        """Sentences on rows that are about nothing that was graded."""
        known = {(report.submission, report.lab) for report in reports}
        labs = {report.lab for report in reports}
        lost = [
            row
            for row in self._rows
            if (row.student, row.lab) not in known and (row.lab not in labs or self._roster.find(row.student) is None)
        ]
        return [f"The time of {row.student}, {row.lab}, is of nobody and nothing that was graded." for row in lost]

    def _by_row(self, report: Report) -> datetime.datetime | None:
        labs = [row for row in self._rows if row.lab == report.lab]
        exact = [row.time for row in labs if row.student == report.submission]
        student = self._roster.find(report.student)
        known = [row.time for row in labs if student is not None and self._roster.find(row.student) == student]
        return next(iter((*exact, *known)), None)

    def _by_stamp(self, report: Report) -> datetime.datetime | None:
        text = _stamp_beside(report.source)
        if text is None:
            return None
        try:
            return parse_time(text)
        except TimesError as error:
            self.problems.append(f"timestamp.txt beside {report.source}: {error} It counts as no time.")
            return None

    def _by_file(self, report: Report) -> datetime.datetime | None:
        if not self._use_file_times:
            return None
        try:
            changed = Path(report.source).stat().st_mtime
        except OSError:
            return None
        return datetime.datetime.fromtimestamp(changed, datetime.UTC).replace(microsecond=0)


def _stamp_beside(source: str) -> str | None:
    """The text of the `timestamp.txt` beside the file that was graded, in its folder or its zip."""
    archive, _, inside = source.partition(": ")
    try:
        if inside and Path(archive).is_file():
            with (
                ZipFile(archive) as opened,
                opened.open(f"{inside.rpartition('/')[0]}/timestamp.txt".lstrip("/")) as file,
            ):
                return file.read(_MOST_BYTES).decode("utf-8", "replace")
        # A student may have made it a link to somebody else's.
        handle = os.open(Path(source).parent / "timestamp.txt", os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "rb") as file:  # noqa: PTH123 - by its descriptor
            return file.read(_MOST_BYTES).decode("utf-8", "replace")
    except (OSError, KeyError, BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return None
