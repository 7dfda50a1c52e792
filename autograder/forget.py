"""One student, deleted from an output folder: what names them, in the ledger and in every file that grading wrote.

A file about this student alone is deleted. The pages and tables about the class are written once more without them.
What other commands made of the reports (exports, `final.csv`) and that names them is deleted too: it can be made again.
"""

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.desk import Desk
from autograder.ledger import NAME
from autograder.report.record import Report

_TABLES = ("attempt", "result", "override", "regrade", "adjustment", "shown")
# What is made of the reports, and can be made again.
_MADE_AGAIN = frozenset({".csv", ".html", ".json", ".md", ".txt", ".xml", ".zip"})


@dataclass(frozen=True)
class Deleted:
    """What was deleted, and what could not be.

    Attributes:
        submissions: their ids.
        rows: how many rows of the ledger.
        files: files that are gone.
        rewritten: files that were written again without the student.
        left: files that still name the student, and are not ours to delete.
    """

    submissions: tuple[str, ...]
    rows: int
    files: tuple[Path, ...]
    rewritten: tuple[Path, ...]
    left: tuple[Path, ...]

    def lines(self) -> list[str]:
        """What was done, for a person."""
        return [
            f"Forgotten: {', '.join(self.submissions)}.",
            f"Deleted from the ledger: {self.rows} rows. The file holds nothing of them any more.",
            *(f"Deleted: {path}" for path in self.files),
            *(f"Written again without them: {path}" for path in self.rewritten),
        ]

    def as_data(self) -> dict[str, Any]:
        """The same for a program."""
        paths = {"files": self.files, "rewritten": self.rewritten, "left": self.left}
        return {
            "submissions": list(self.submissions),
            "ledger_rows": self.rows,
            **{name: [str(path) for path in found] for name, found in paths.items()},
        }


def forget(desk: Desk, who: str) -> Deleted:
    """Delete all that the output folder holds of a student.

    Raises:
        DeskError: nobody of that name is there.
        OSError: a file cannot be deleted or written.
    """
    reports = [report for one in desk.of(who) for report in desk.of(one.student)]
    reports = list({report.submission: report for report in reports}.values())
    words = sorted({word for report in reports for word in (report.student, report.submission, report.source)})
    rows = _forget_in_ledger(desk, reports, words)
    files = [path for report in reports for path in _own_files(desk.out, report.submission)]
    for report in reports:
        del desk.reports[report.submission]
    desk.write_overview()
    rewritten = (desk.out / "index.html", desk.out / "scores.csv")
    named = [path for path in _other_files(desk, {*rewritten, *files}) if _names(path, words)]
    made = [path for path in named if path.suffix in _MADE_AGAIN or path.name.startswith(f"{NAME}.unreadable")]
    # The reports last: as long as one is there, the command can be given again.
    for path in sorted((*files, *made), key=lambda path: path.parent.name == "reports"):
        path.unlink()
    left = tuple(path for path in named if path not in made)
    return Deleted(tuple(report.submission for report in reports), rows, (*files, *made), rewritten, left)


def _forget_in_ledger(desk: Desk, reports: list[Report], words: list[str]) -> int:
    ledger, rows = desk.ledger, 0
    with ledger.transaction():
        for report in reports:
            for table in _TABLES:
                rows += ledger.change(f"DELETE FROM {table} WHERE submission = ?", report.submission)
        for (sentence,) in ledger.rows("SELECT sentence FROM problem"):
            if _pattern(words).search(sentence):
                rows += ledger.change("DELETE FROM problem WHERE sentence = ?", sentence)
    ledger.shrink()
    return rows


def _own_files(out: Path, submission: str) -> list[Path]:
    """The files that are named for the submission: its report, its pages, its figures."""
    found = (path for folder in _folders(out) for path in folder.iterdir() if path.is_file())
    return sorted(path for path in found if path.name.split(".")[0] == submission)


def _folders(out: Path) -> list[Path]:
    return [folder for folder in out.rglob("*") if folder.is_dir() and not folder.is_symlink()]


def _other_files(desk: Desk, rewritten: Iterable[Path]) -> list[Path]:
    """The files that are neither another student's own nor just written."""
    others = {path for submission in desk.reports for path in _own_files(desk.out, submission)}
    ours = {desk.out / ".lock", *(desk.out / f"{NAME}{end}" for end in ("", "-wal", "-shm")), *rewritten}
    every = (path for path in sorted(desk.out.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in every if path not in others | ours]


def _names(path: Path, words: list[str]) -> bool:
    text = path.read_bytes().decode("utf-8", "replace")
    return bool(_pattern([*words, *map(html.escape, words), *(json.dumps(word)[1:-1] for word in words)]).search(text))


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Any of the words, where it stands by itself: the name `li` is not in `list`."""
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words if word), re.IGNORECASE)
