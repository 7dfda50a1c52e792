"""Reports -> files in the output folder, each there in full or not at all.

OUT/index.html              the start page: the class at a glance
OUT/scores.csv              one row a submission
OUT/feedback/<id>.html      a page for each student
OUT/feedback/<id>.md        the same in short, for a comment
OUT/reports/<id>.json       the same as data
"""

import contextlib
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.report.csv_file import ENCODING, to_csv
from autograder.report.html_page import feedback_page, index_page
from autograder.report.json_file import to_json
from autograder.report.markdown import to_markdown
from autograder.report.record import Report

_DRAFT = ".writing-"


def write_class(reports: Sequence[Report], out: Path, *, problems: Sequence[str] = ()) -> Path:
    """Write every report and the pages about all of them; the path of the start page.

    Raises:
        OSError: the disk is full, or the folder cannot be written. What was there before is still whole.
    """
    for report in reports:
        write_report(report, out)
    return write_overview(reports, out, problems=problems)


def write_report(report: Report, out: Path) -> None:
    """Write one submission's page, comment and data. Raises OSError as `write_class` does."""
    write_whole(feedback_path(report.submission, out), feedback_page(report).encode())
    write_whole(comment_path(report.submission, out), to_markdown(report).encode())
    write_whole(report_path(report.submission, out), to_json(report).encode())


def write_overview(
    reports: Sequence[Report],
    out: Path,
    *,
    problems: Sequence[str] = (),
    seconds: Mapping[str, float] | None = None,
) -> Path:
    """Write the scores and the start page; its path. Raises OSError as `write_class` does.

    Args:
        reports: in the order in which they are listed.
        out: the output folder.
        problems: what the intake could not look at, one sentence each.
        seconds: how long submissions took to grade, by id.
    """
    write_whole(out / "scores.csv", to_csv(reports).encode(ENCODING))
    start = out / "index.html"
    write_whole(start, index_page(reports, problems, seconds).encode())
    return start


def feedback_path(submission: str, out: Path) -> Path:
    """Where the page of the submission with this id is."""
    return out / "feedback" / f"{_checked(submission)}.html"


def comment_path(submission: str, out: Path) -> Path:
    """Where the comment in Markdown on the submission with this id is."""
    return out / "feedback" / f"{_checked(submission)}.md"


def report_path(submission: str, out: Path) -> Path:
    """Where the data of the submission with this id are."""
    return out / "reports" / f"{_checked(submission)}.json"


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader, or a crash at any moment, sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a full disk says nothing of its own accord
        raise


def forget_drafts(out: Path) -> None:
    """Remove what a run that was killed has left half written. Raises OSError."""
    for folder in (out, out / "feedback", out / "reports"):
        for draft in folder.glob(f"{_DRAFT}*"):
            draft.unlink(missing_ok=True)


def _checked(submission: str) -> str:
    """An id becomes a file's name, so it is looked at once more: no separator, no dot, nothing hidden."""
    if not re.fullmatch(r"[a-z0-9_][a-z0-9_~-]{0,199}", submission):
        raise ValueError(f"{submission!r} cannot be the name of a file. Take the id that `collect` gave.")
    return submission
