"""What runs in each of the grader's processes: one zygote, one `Grader`."""

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from multiprocessing import util
from multiprocessing.connection import Connection
from typing import Any

from autograder.compile_cache import cache_base, use_own_cache
from autograder.course import Course, CourseError, load_course
from autograder.doctor import measured_level
from autograder.errors import IsolationTooLow as IsolationTooLow
from autograder.fingerprint import environment_digest
from autograder.grade import Grader, Settings
from autograder.log import go_on_logging
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.sandbox import Sandbox, start_sandbox
from autograder.sandbox.xla import quick_options
from autograder.worker_messages import READY, Failed, Graded, SandboxLost

_log = logging.getLogger(__name__)


def begin() -> None:
    """Begin a worker's life: Ctrl-C is its parent's affair, and its parent's end, however sudden, is its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def serve(connection: "Connection[Any, Any]", settings: Settings, required: str) -> None:
    """Say that all is ready, then grade one submission after the other, until None comes.

    Args:
        connection: to the process that deals the submissions out. It gets `READY`, `Graded`, `Failed`, `SandboxLost`.
        settings: of the run.
        required: the level of isolation to insist on.
    """
    begin()
    go_on_logging()
    os.environ["XLA_FLAGS"] = quick_options()
    with contextlib.suppress(EOFError, ConnectionError):  # nobody is there any more
        _answer(connection, settings, required)


def _answer(connection: "Connection[Any, Any]", settings: Settings, required: str) -> None:
    try:
        grader = make_grader(settings, required)
    except Exception as error:
        connection.send(Failed(error))
        return
    connection.send(READY)
    while (submission := connection.recv()) is not None:
        started = time.monotonic()
        try:
            report = grader.grade(submission)
        except SandboxError as error:
            connection.send(SandboxLost(str(error)))
            return
        connection.send(Graded(report, round(time.monotonic() - started, 3)))


def make_grader(settings: Settings, required: str) -> Grader:
    """A grader with a sandbox of its own.

    Raises:
        IsolationTooLow: attacks on the sandbox, tried now on this machine, show less than `required`.
        CourseError: submissions could read the course's answers.
        SandboxError: there is no sandbox.
    """
    zygote = start_sandbox()
    util.Finalize(None, zygote.close, exitpriority=100)
    signal.signal(signal.SIGTERM, lambda *_: _leave(zygote))
    measured = measured_level(zygote)
    _log.info("the sandbox runs; attacks on it show level %s", measured)
    _insist(measured, required)
    course = load_course(settings.course)
    refuse_exposed_folders(course, zygote)
    base = cache_base(zygote)
    if base is not None:
        use_own_cache(base, environment_digest(course))
    # Below L2 children could list the cache, and learn of the answers that filled it.
    return Grader(course, zygote, settings, measured, base if measured >= "L2" else None)


def refuse_exposed_folders(course: Course, zygote: Sandbox) -> None:
    """Raises CourseError: submissions could read the answers in one of the course's folders."""
    for folder in course.folders:
        if zygote.exposes(folder / "solutions"):
            raise CourseError(
                f"{folder}: this course lies among the packages that submissions must be able to read. "
                "Move it to a folder of its own."
            )


def _leave(zygote: Sandbox) -> Any:
    zygote.close()
    os._exit(143)


def _insist(reached: str, required: str) -> None:
    if reached < required:
        raise IsolationTooLow(
            f"This machine reaches isolation level {reached}; {required} is required. "
            "Run `autograder doctor` to see what is missing, grade on Linux or in the dev container, "
            f"or say --require-isolation {reached} for a practice run."
        )
