"""Which worker grades what, and what happens when one dies.

Only this process writes to the ledger and to the output folder. A worker has one submission at a time, so when it dies
(a signal, no more memory, a lost sandbox, a hang) it is known over which. Another worker takes its place, and the
submission waits in line once more. After `MAX_DEATHS` it is put aside with a report that calls it our fault, and
the rest of the class goes on. A machine on which nothing can be graded is told from a submission on which
workers die: there, workers die before they are ready, or one after the other without any report in between.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import wait

from autograder.collect import Submission
from autograder.ledger import Ledger
from autograder.report.record import Report
from autograder.sandbox.errors import SandboxError
from autograder.worker_messages import READY, Failed, Graded, SandboxLost
from autograder.worker_process import WorkerDied, WorkerProcess

_log = logging.getLogger(__name__)
MAX_DEATHS = 3
MAX_DEATHS_IN_A_ROW = 12
NewWorker = Callable[[], WorkerProcess]


@dataclass(frozen=True)
class Ended:
    """What a submission came to: a report, or after `MAX_DEATHS` deaths none, but why. `seconds` is what it took."""

    submission: Submission
    report: Report | None
    seconds: float | None = None
    why: str = ""


@dataclass
class _Desk:
    """A worker, and what lies on its desk."""

    worker: WorkerProcess
    is_ready: bool = False
    submission: Submission | None = None
    deadline: float = float("inf")


class Schedule:
    """Submissions in line before some workers. A context manager; ends the workers.

    Args:
        submissions: each with its fingerprint.
        ledger: keeps leases and losses.
        new_worker: starts a worker that serves as `worker.serve` does.
        count: how many at a time.
        patience: seconds after which a worker counts as hanging. Far more than any submission may take.
    """

    def __init__(
        self,
        submissions: Sequence[tuple[Submission, str]],
        ledger: Ledger,
        new_worker: NewWorker,
        count: int,
        patience: float,
    ) -> None:
        self._fingerprints = {submission.id: fingerprint for submission, fingerprint in submissions}
        self._waiting = deque(submission for submission, _ in submissions)
        self._ledger = ledger
        self._new_worker = new_worker
        self._count = count
        self._patience = patience
        self._desks: list[_Desk] = []
        self._in_a_row = 0

    def __enter__(self) -> "Schedule":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with ExitStack() as all_of_them:
            for desk in self._desks:
                all_of_them.callback(desk.worker.leave if kind is None else desk.worker.end)

    def results(self) -> Iterator[Ended]:
        """Each submission's end, as it comes.

        Raises:
            IsolationTooLow, CourseError, SandboxError: no worker can grade here.
            OSError: the ledger cannot be written.
        """
        while self._waiting or any(desk.submission is not None for desk in self._desks):
            self._hire()
            self._deal()
            for desk in self._heard():
                ended = self._hear(desk)
                if ended is not None:
                    self._in_a_row = 0
                    yield ended

    def _hire(self) -> None:
        """As many workers as can be of use."""
        busy = sum(desk.submission is not None for desk in self._desks)
        while len(self._desks) < min(self._count, busy + len(self._waiting)):
            self._desks.append(_Desk(self._new_worker(), deadline=time.monotonic() + self._patience))
            _log.info("worker %s started", self._desks[-1].worker.pid)

    def _deal(self) -> None:
        for desk in self._desks:
            if desk.is_ready and desk.submission is None and self._waiting:
                submission = self._waiting.popleft()
                self._ledger.lease(submission.id, self._fingerprints[submission.id], desk.worker.pid or 0)
                desk.submission, desk.deadline = submission, time.monotonic() + self._patience
                _log.info("worker %s has %s", desk.worker.pid, submission.id)
                # A worker that has died meanwhile is heard of on its connection.
                desk.worker.try_to_send(submission)

    def _heard(self) -> list[_Desk]:
        """The desks from which there is something to hear, be it silence."""
        expected = [desk for desk in self._desks if desk.submission is not None or not desk.is_ready]
        nearest = min(desk.deadline for desk in expected)
        ready = wait([desk.worker.connection for desk in expected], max(0.0, nearest - time.monotonic()))
        return [desk for desk in expected if desk.worker.connection in ready or time.monotonic() >= desk.deadline]

    def _hear(self, desk: _Desk) -> Ended | None:
        try:
            message = desk.worker.receive_now()
        except WorkerDied as died:
            return self._bury(desk, str(died))
        if isinstance(message, Failed):
            raise message.error
        if isinstance(message, SandboxLost):
            return self._bury(desk, message.why)
        if message == READY:
            _log.info("worker %s is ready", desk.worker.pid)
            desk.is_ready, desk.deadline = True, float("inf")
            return None
        assert isinstance(message, Graded) and desk.submission is not None
        submission, desk.submission, desk.deadline = desk.submission, None, float("inf")
        _log.info("worker %s is done with %s after %.1f s", desk.worker.pid, submission.id, message.seconds)
        return Ended(submission, message.report, message.seconds)

    def _bury(self, desk: _Desk, why: str) -> Ended | None:
        """A worker is gone. Its submission waits once more, or is put aside."""
        _log.info("worker %s is gone, with %s: %s", desk.worker.pid, desk.submission and desk.submission.id, why)
        desk.worker.end()
        self._desks.remove(desk)
        self._in_a_row += 1
        submission = desk.submission
        if self._in_a_row >= (MAX_DEATHS_IN_A_ROW if desk.is_ready else MAX_DEATHS):
            raise SandboxError(f"{self._in_a_row} worker processes died one after the other. The last: {why}")
        if submission is None:
            return None
        if self._ledger.lose(submission.id) < MAX_DEATHS:
            self._waiting.append(submission)
            return None
        return Ended(submission, None, why=f"Each of {MAX_DEATHS} worker processes died over it. The last: {why}")
