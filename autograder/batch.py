"""Many submissions: one output folder, nothing graded twice, nothing lost when anything dies.

Each report is kept in the ledger as it comes, and then written to the output folder. A rerun takes from the ledger what
is there, writes what is missing in the folder, and grades only the rest.
"""

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.collect import Submission
from autograder.course import Course
from autograder.decisions import Decisions
from autograder.errors import OutputUnusable as OutputUnusable
from autograder.fingerprint import fingerprint_of
from autograder.grade import Settings, fault_report
from autograder.ledger import Ledger
from autograder.report.json_file import from_json, to_json
from autograder.report.record import Report
from autograder.report.write import comment_path, feedback_path, forget_drafts, report_path, write_report
from autograder.schedule import Schedule
from autograder.worker import serve
from autograder.worker_process import WorkerProcess

_log = logging.getLogger(__name__)
_MOST_WORKERS = 61 if sys.platform == "win32" else 4096  # Windows waits for no more at once
# A worker hangs if a submission takes this many times what all its requests may, and the filling of a cold cache.
_HANGS, _BEGINS = 3, 900.0
OnReport = Callable[[Report], None]


@contextlib.contextmanager
def output_folder(out: Path) -> Iterator[Path]:
    """The folder `out`, made if missing, for this run alone.

    Raises:
        OutputUnusable: another run holds it, or it is a file.
        OSError: it cannot be made or written.
    """
    if out.exists() and not out.is_dir():
        raise OutputUnusable(f"{out} is a file, not a folder. Choose another place with --out.")
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("a") as stream:
        _lock(stream.fileno(), out)
        forget_drafts(out)
        yield out


def _lock(fd: int, out: Path) -> None:
    try:
        _take(fd)
    except OSError as error:
        raise OutputUnusable(
            f"Another run is writing to {out}. Wait until it has ended, or choose another folder with --out."
        ) from error


def _take(fd: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def finished(
    submission: Submission, course: Course, settings: Settings, ledger: Ledger, required: str
) -> Report | None:
    """The report of an earlier run on the same work: free of faults of ours, well enough isolated; or None."""
    text = ledger.report(submission.id, fingerprint_of(submission, course, settings.seed, settings.limits))
    if text is None:
        return None
    report = from_json(text)
    isolated = not report.isolation or report.isolation >= required  # what was never run needed none
    if not isolated or report.has_grader_error:
        return None
    return Decisions(ledger).adjusted(replace(report, student=submission.student, source=submission.source))


def restore(report: Report, out: Path) -> None:
    """Write the files of a finished submission once more, unless they are there as they must be. Raises OSError."""
    try:
        is_there = report_path(report.submission, out).read_bytes() == to_json(report).encode()
    except OSError:
        is_there = False
    pages = (feedback_path(report.submission, out), comment_path(report.submission, out))
    if not is_there or not all(page.exists() for page in pages):
        write_report(report, out)


def grade_all(
    submissions: Sequence[Submission],
    course: Course,
    settings: Settings,
    out: Path,
    ledger: Ledger,
    *,
    workers: int,
    required: str,
    on_report: OnReport,
    serve: Callable[..., None] = serve,
) -> None:
    """Grade every submission, keep each report in the ledger as it comes, and write it to `out`.

    Args:
        submissions: what to grade.
        course: that of `settings`, loaded.
        settings: seed, limits, course.
        out: an output folder that this run holds.
        ledger: that of `out`.
        workers: how many processes.
        required: the level of isolation to insist on.
        on_report: told each report once it is written.
        serve: what a worker runs.

    Raises:
        IsolationTooLow: this machine does not reach `required`.
        CourseError: submissions could read the course's answers.
        SandboxError: workers died again and again.
        OSError: a report could not be kept.
    """
    marked = [(one, fingerprint_of(one, course, settings.seed, settings.limits)) for one in submissions]
    count = min(workers, _MOST_WORKERS)
    patience = _HANGS * settings.limits.wall_submission + _BEGINS
    with Schedule(marked, ledger, lambda: WorkerProcess(serve, settings, required), count, patience) as schedule:
        for ended in schedule.results():
            report = ended.report or fault_report(ended.submission, course, settings, ended.why)
            text = to_json(report)
            ledger.finish(report.submission, report.fingerprint, text, ended.seconds)
            report = from_json(text)  # so that a rerun, which has only the text, writes the same page
            report = Decisions(ledger).adjusted(report)
            write_report(report, out)
            _log.info("wrote the report of %s", report.submission)
            on_report(report)


def all_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
