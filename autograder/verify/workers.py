"""Processes of our own that judge sample answers, several at a time. One that hangs is ended, and its job is lost.

The samples are ours, so these processes have no walls, only an end. XLA optimizes little in them: half of the time
would be its compilation, of programs that run once. What one has compiled, all can read.
"""

import contextlib
import os
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from autograder.compile_cache import keep_compiled
from autograder.course import Folders
from autograder.sandbox.warm import prepare_jax
from autograder.sandbox.xla import quick_options
from autograder.worker import begin
from autograder.worker_process import WorkerDied, WorkerHangs, WorkerProcess

Item = TypeVar("Item")
Result = TypeVar("Result")
Job = Callable[[Folders, Item], Result]


@dataclass(frozen=True)
class Lost:
    """A job without a result. `why` is a sentence."""

    why: str


class WorkersFailed(Exception):
    """A process did not even begin: a fault of this machine or of ours."""


class Workers:
    """A few processes that wait for jobs. A context manager; ends them all.

    Args:
        count: how many.
        limit: seconds that one job may take.
        on_done: told after each job how many of a `map` are done, and of how many.
    """

    def __init__(self, count: int, limit: float, on_done: Callable[[int, int], None] = lambda done, all_: None) -> None:
        self._limit = limit
        self._on_done = on_done
        self._compiled = tempfile.TemporaryDirectory(prefix="autograder-verify-", ignore_cleanup_errors=True)
        self._workers = [self._new() for _ in range(count)]

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end()
        self._compiled.cleanup()

    def _new(self) -> "_Worker":
        return _Worker(Path(self._compiled.name))

    def map(
        self, job: Job[Item, Result], folders: Folders, items: Sequence[Item], *, patience: int = 1
    ) -> list[Result | Lost]:
        """`[job(folders, item) for item in items]`, with `Lost` in the place of what came to no result.

        Args:
            job: a function of a module, so that a process can find it.
            folders: the course.
            items: what differs; can be pickled, as can the results.
            patience: how many times the limit a job may take, where it judges more than one answer.

        Raises:
            WorkersFailed: a process did not begin.
        """
        waiting = deque(enumerate(items))
        results: dict[int, Result | Lost] = {}
        limit = patience * self._limit
        self._on_done(0, len(items))
        while len(results) < len(items):
            for worker in self._workers:
                if waiting and worker.number is None:
                    worker.give(*waiting.popleft(), job, folders, limit)
            for worker in self._collect():
                results[worker.number] = worker.result(limit)  # type: ignore[index]
                worker.number = None
                self._on_done(len(results), len(items))
            self._workers = [self._new() if worker.is_over else worker for worker in self._workers]
        return [results[number] for number in range(len(items))]

    def _collect(self) -> list["_Worker"]:
        """The workers that have a result, or will have none any more."""
        busy = [worker for worker in self._workers if worker.number is not None]
        nearest = min(worker.deadline for worker in busy)
        ready = wait([worker.process.connection for worker in busy], max(0.0, nearest - time.monotonic()))
        return [worker for worker in busy if worker.process.connection in ready or time.monotonic() >= worker.deadline]


class _Worker:
    """A process and its job. `number` is that of the job; None while it has none."""

    def __init__(self, compiled: Path) -> None:
        self.process = WorkerProcess(_serve, compiled)
        self.number: int | None = None
        self.deadline = 0.0
        self.is_over = False
        self._ready = False

    def give(self, number: int, item: Any, job: Job[Any, Any], folders: Folders, limit: float) -> None:
        """Let it do a job. The time that it takes to begin its life does not count."""
        if not self._ready:
            wait([self.process.connection])
            try:
                self.process.receive_now()
            except WorkerDied:
                raise WorkersFailed("A process that was to judge sample answers did not begin. Try again.") from None
            self._ready = True
        self.process.try_to_send((job, folders, item))
        self.number, self.deadline = number, time.monotonic() + limit

    def result(self, limit: float) -> Any:
        """What came of its job."""
        try:
            return self.process.receive_now()
        except WorkerHangs:
            self.end()
            return Lost(f"It ran longer than {limit:g} s and was stopped.")
        except WorkerDied:
            self.end()
            return Lost("It ended the whole Python process.")

    def end(self) -> None:
        """End the process."""
        self.is_over = True
        self.process.end()


def _serve(connection: Connection, compiled: Path) -> None:
    """Do one job after the other, until nobody is there any more to give one."""
    begin()
    os.environ["XLA_FLAGS"] = quick_options(level=0)
    os.environ["MPLBACKEND"] = "Agg"
    _be_silent()
    prepare_jax()
    keep_compiled(compiled)
    with contextlib.suppress(EOFError, ConnectionError):
        connection.send("ready")
        while True:
            connection.send(_done(*connection.recv()))


def _be_silent() -> None:
    """Samples may print, as students do; nobody reads it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _done(job: Job[Any, Any], folders: Folders, item: Any) -> Any:
    try:
        return job(folders, item)
    except Exception as error:
        return Lost(f"It cannot be judged ({type(error).__name__}: {error}).")
