"""One submission's side of the sandbox, seen from the grader: a child with the notebook run in it, or a fresh one.

A `Session` is the third transport (see `dlfb_lab._answer`): it carries a check's requests over the pipe. When the child
is lost, because it crashed, hung or ran out of memory, the rest of that task's checks end the same way. The next task
gets a new child, in which the notebook runs again without the statement that killed the first. After `MAX_CHILDREN` of
them the submission is quarantined: nothing of it is run any more, and what was not judged by then is `not_run`.

Once the cells have run, and before any check asks for anything, the figures that they drew are asked for, once. A child
that is lost over that counts for nothing: another one runs the cells again, and there is no picture.
"""

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.figures import REPLY_LIMIT, SECONDS, read_figures
from autograder.report.record import Figure
from autograder.sandbox import wire
from autograder.sandbox._starved import Starved
from autograder.sandbox.channel import ChannelClosed, DeadlineExceeded, OverLimit
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.launch import Exit
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox, SandboxChild
from dlfb_lab._answer import Transport
from dlfb_lab._data import Data
from dlfb_lab._errors import AnswerError, AnswerLost, ErrorData, TransportError, answer_error
from dlfb_lab._finding import SourceLine
from dlfb_lab._host import pack_error, unpack_error
from dlfb_lab._outcome import Outcome

_log = logging.getLogger(__name__)
MAX_CHILDREN = 3
MAX_CELL_ERRORS = 20
_DYING_SECONDS = 2.0
_QUARANTINED = (
    f"The notebook ended, or held up, its process {MAX_CHILDREN} times. "
    "What was not judged by then was not run any more."
)
_NO_ANSWER = "The notebook's process gave an answer that is none."
_SIGKILL, _SIGXCPU = 9, 24
_DIAGNOSES = {
    Outcome.CRASHED: "crashed",
    Outcome.TIMED_OUT: "timed-out",
    Outcome.OVER_MEMORY: "out-of-memory",
}


@dataclass(frozen=True)
class CellError:
    """A cell, by its number from 1, that did not run to its end."""

    cell: int
    error: ErrorData


@dataclass(frozen=True)
class _Dead:
    """Where a cell ended the whole process: the statement's number and line, and why."""

    statement: int
    line: int
    lost: AnswerLost


class Session(Transport):
    """A submission's notebook in a child of its own. A context manager; kills the child at the end.

    Args:
        zygote: makes the children.
        cells: the notebook's code cells.
        limits: of each child; its wall clock starts now.
        cache: a compilation cache to read.
        fills_cache: whether to write that cache instead. Only ever for our own answers.
        draws: the numbers of the cells whose figures are wanted.
    """

    def __init__(
        self,
        zygote: Sandbox,
        cells: Sequence[str],
        limits: Limits,
        cache: Path | None = None,
        *,
        fills_cache: bool = False,
        draws: Sequence[int] = (),
    ) -> None:
        self._zygote = zygote
        self._cells = cells
        self._limits = limits
        self._cache = cache
        self._fills_cache = fills_cache
        self._child: SandboxChild | None = None
        self._starved: Starved
        self._children = 0
        self._number = 0
        self._statement, self._line = 0, 1
        self._dead: dict[int, _Dead] = {}
        self._lost: AnswerLost | None = None
        self._begin_clock()
        self.levels: set[str] = set()
        self.key_shapes: set[tuple[int, ...]] = set()
        self.cell_errors: tuple[CellError, ...] = ()
        self._draws = list(draws)
        self.figures: tuple[Figure, ...] = ()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._end_child()

    def request(self, operation: str, *payload: Data) -> Data:
        """See `Transport.request`. Looking a new answer up starts a new child where the last one was lost."""
        if self._child is None:
            if self._lost is not None and operation != "lookup":
                raise self._lost
            self.start()
        return self._ask(operation, *payload)

    def start(self) -> None:
        """Start a child and run the notebook in it.

        Raises:
            AnswerLost: it killed one child after another, or its time is up.
        """
        while self._child is None:
            if time.monotonic() >= self._deadline:
                raise self._lost or AnswerLost(Outcome.TIMED_OUT, "The time for the whole notebook was up.")
            if self._children >= MAX_CHILDREN:
                raise self._quarantine()
            self._children += 1
            without = ("own-uid",) if self._fills_cache else ()
            self._child = self._zygote.spawn(
                self._limits, cache_dir=self._cache, cache_write=self._fills_cache, without=without
            )
            _log.info("child %s started (number %s)", self._child.pid, self._children)
            self.levels.add(self._child.level)
            self._starved = Starved(self._child.pid)
            self._child.channel.grace = self._granted
            self._run_cells()
            if self._child is not None and self._draws:
                self._collect_figures()

    def _quarantine(self) -> AnswerLost:
        """Give the submission up. The cells that ended a process are known, even where none ever ran to its end."""
        if not self.cell_errors:
            self.cell_errors = tuple(CellError(cell, _as_error(dead, cell)) for cell, dead in self._dead.items())
        return AnswerLost(Outcome.NOT_RUN, _QUARANTINED)

    def _run_cells(self) -> None:
        """Run every cell. Leaves no child behind when one of them ends it."""
        errors = []
        for cell, source in enumerate(self._cells, start=1):
            dead = self._dead.get(cell)
            try:
                errors += [CellError(cell, error) for error in self._run_cell(cell, source, dead)]
            except AnswerLost as lost:
                self._dead[cell] = _Dead(self._statement, self._line, lost)
                return
        self.cell_errors = tuple(errors)

    def _run_cell(self, cell: int, source: str, dead: _Dead | None) -> list[ErrorData]:
        self._statement, self._line = 0, 1
        packed = self._ask("cell", cell, source, None if dead is None else dead.statement)
        try:
            errors = [unpack_error(one) for one in _listed(packed)[:MAX_CELL_ERRORS]]
        except ValueError:
            raise self._lose(Outcome.CRASHED, _NO_ANSWER) from None
        if dead is not None:
            errors.append(_as_error(dead, cell))
            self._ask("skipped", cell, source, dead.statement, pack_error(errors[-1]))
        return errors

    def _collect_figures(self) -> None:
        """Ask for the figures, and let nothing that comes of it cost anything."""
        cells, self._draws = self._draws, []
        try:
            self.figures = read_figures(self._ask("figures", cells, seconds=SECONDS, limit=REPLY_LIMIT), cells)
        except AnswerError:
            return
        except AnswerLost:
            self._lost = None
            self._children -= 1
            self._begin_clock()

    def _ask(self, operation: str, *payload: Data, seconds: float = math.inf, limit: int = wire.MESSAGE_LIMIT) -> Data:
        if self._child is None:
            raise self._lost or TransportError("no child to ask")
        self._number += 1
        deadline = min(time.monotonic() + min(self._limits.wall_request, seconds), self._deadline)
        try:
            self._starved.begin()
            self._child.channel.send(*wire.encode([self._number, operation, *payload]), deadline=deadline)
            reply = self._reply(deadline, limit)
            self._make_up_for_waiting()
            return reply
        except DeadlineExceeded:
            raise self._lose(Outcome.TIMED_OUT, "It was stopped: it ran longer than it may.") from None
        except OverLimit as over:
            raise self._lose(Outcome.CRASHED, f"It was stopped: {over}") from None
        except ChannelClosed:
            raise self._lose(*self._own_end()) from None
        except (AnswerError, SandboxError):
            raise
        except Exception:  # whatever a reply made of our own code: it was no answer
            raise self._lose(Outcome.CRASHED, _NO_ANSWER) from None

    def _granted(self) -> float:
        """How many seconds longer the request that is going on may be, since the machine has let its child wait."""
        return min(self._starved.seconds(), self._limits.grace * self._limits.wall_request)

    def _reply(self, deadline: float, limit: int) -> Data:
        assert self._child is not None
        while True:
            message = self._child.channel.receive(limit, deadline)
            reply = wire.decode(message, key_shapes=self.key_shapes)
            if type(reply) is not list or [type(part) for part in reply[:2]] != [int, str] or len(reply) != 3:
                raise wire.ProtocolError("not the form of an answer")
            number, kind, value = reply
            if number != self._number:
                raise wire.ProtocolError("an answer to another question")
            if kind == "ok":
                return value
            if kind == "error":
                raise answer_error(_error(value))
            if kind != "at":
                raise wire.ProtocolError("an answer of no known kind")
            self._statement, self._line = _place(value, self._statement)

    def distrust(self) -> None:
        """See `Transport.distrust`: the next answer is looked up in a new child."""
        self._lose(Outcome.CRASHED, _NO_ANSWER)

    def _lose(self, outcome: Outcome, why: str) -> AnswerLost:
        _log.info("child %s is given up: %s", self._child and self._child.pid, outcome)
        self._end_child()
        self._lost = AnswerLost(outcome, why)
        return self._lost

    def _own_end(self) -> tuple[Outcome, str]:
        """What it means that the channel is closed at the other end: a process that ends does that, or its code did."""
        assert self._child is not None
        try:
            return _end(self._child.wait(time.monotonic() + _DYING_SECONDS))
        except TimeoutError:
            return Outcome.CRASHED, "Its code closed the channel to the grader."

    def _begin_clock(self) -> None:
        self._deadline = time.monotonic() + self._limits.wall_submission
        self._last_deadline = self._deadline + self._limits.grace * self._limits.wall_submission

    def _make_up_for_waiting(self) -> None:
        """What the machine took from a request is not taken from the whole notebook's time."""
        self._deadline = min(self._deadline + self._granted(), self._last_deadline)

    def _end_child(self) -> Exit:
        if self._child is not None:
            self._make_up_for_waiting()
        child, self._child = self._child, None
        return child.kill() if child is not None else Exit(None, None)


def _listed(value: Data) -> list[Data]:
    """A list and nothing else: an array can be walked through as well, and may be so long that it takes hours."""
    if type(value) is not list:
        raise ValueError("not a list")
    return value


def _error(value: Data) -> ErrorData:
    try:
        return unpack_error(value)
    except ValueError as error:
        raise wire.ProtocolError("an error that is none") from error


def _place(value: Data, before: int) -> tuple[int, int]:
    """The number and the line of the statement that a cell has come to."""
    if type(value) is not list or [type(part) for part in value] != [int, int] or value[0] < before:
        raise wire.ProtocolError("a place in a cell that is none")
    return value[0], value[1]


def _as_error(dead: _Dead, cell: int) -> ErrorData:
    diagnosis = _DIAGNOSES.get(dead.lost.outcome, "raised")
    return ErrorData("AnswerLost", "Exception", str(dead.lost), diagnosis, SourceLine(cell, dead.line, ""))


def _end(ended: Exit) -> tuple[Outcome, str]:
    """What it means that a child ended by itself."""
    if ended.signal == _SIGXCPU:
        return Outcome.TIMED_OUT, "It was stopped: it used more processor time than it may."
    if ended.signal == _SIGKILL:
        return Outcome.OVER_MEMORY, "It was stopped by the system, most likely for the memory it used."
    if ended.signal is not None:
        return Outcome.CRASHED, f"The whole Python process was ended by signal {ended.signal}."
    return Outcome.CRASHED, f"The whole Python process was ended by the code itself (exit code {ended.code})."
