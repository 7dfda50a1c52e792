"""Many submissions: worker processes, one output folder, nothing graded twice, nothing lost when interrupted.

Each finished submission is written at once, its JSON report last. A rerun reads the reports that are there and grades
only what has none, or has one of another fingerprint.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

from autograder.collect import Submission
from autograder.course import Course
from autograder.fingerprint import fingerprint_of
from autograder.grade import Settings
from autograder.report.json_file import from_json
from autograder.report.record import Report
from autograder.report.write import report_path, write_report
from autograder.sandbox.launch import SandboxError
from autograder.worker import begin, grade_one

MAX_POOLS = 3
_MOST_WORKERS = 61 if sys.platform == "win32" else 4096  # Windows waits for no more at once
OnReport = Callable[[Report], None]


class OutputUnusable(Exception):
    """The output folder cannot be used. The message says why, and what to do."""


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


def finished(submission: Submission, course: Course, settings: Settings, out: Path, required: str) -> Report | None:
    """The report of an earlier run on the same work: whole, free of faults of ours, well enough isolated; or None."""
    try:
        report = from_json(report_path(submission.id, out).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    wanted = fingerprint_of(submission, course, settings.seed, settings.limits)
    isolated = not report.isolation or report.isolation >= required  # what was never run needed none
    if report.fingerprint != wanted or not isolated or report.has_grader_error:
        return None
    return replace(report, student=submission.student, source=submission.source)


def grade_all(
    submissions: Sequence[Submission],
    settings: Settings,
    out: Path,
    *,
    workers: int,
    required: str,
    on_report: OnReport,
) -> None:
    """Grade every submission and write each report to `out` as it comes.

    Args:
        submissions: what to grade.
        settings: seed, limits, course.
        out: an output folder that this run holds.
        workers: how many processes.
        required: the level of isolation to insist on.
        on_report: told each report once it is written.

    Raises:
        IsolationTooLow: this machine does not reach `required`.
        SandboxError: workers died again and again.
        OSError: a report could not be written.
    """
    left = {submission.id: submission for submission in submissions}

    def done(report: Report) -> None:
        write_report(report, out)
        del left[report.submission]
        on_report(report)

    for _ in range(MAX_POOLS):
        if not left:
            return
        with contextlib.suppress(BrokenProcessPool):
            _one_pool(list(left.values()), settings, workers, required, done)
    if left:
        names = ", ".join(list(left)[:5])
        raise SandboxError(f"Worker processes died {MAX_POOLS} times. Not graded: {len(left)}, among them {names}.")


def _one_pool(
    submissions: Sequence[Submission], settings: Settings, workers: int, required: str, done: OnReport
) -> None:
    """Grade with one pool of workers. Raises BrokenProcessPool when one of them dies."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(submissions), _MOST_WORKERS), context, begin)
    try:
        with _deaf_to_interrupts():
            futures = [pool.submit(grade_one, one, settings, required) for one in submissions]
        for future in as_completed(futures):
            done(future.result())
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    pool.shutdown()


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started meanwhile ignore Ctrl-C from their first moment on, and so draw no tracebacks."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def all_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
