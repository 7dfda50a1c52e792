"""From the exception that ended a check to an outcome and a finding; from a task's checks to the one to show first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dlfb_lab._answer import Transport
from dlfb_lab._data import with_article
from dlfb_lab._errors import (
    AnswerError,
    AnswerLost,
    CheckBug,
    CheckFailed,
    ErrorData,
    NoSuchName,
    NotAttempted,
    TransportError,
)
from dlfb_lab._finding import Finding, SourceLine, diagnoses, diagnosis
from dlfb_lab._outcome import Outcome

MAX_LINT = 100
# Findings that say what came out, not why. A finding of another name tells the reader more.
GENERAL = frozenset(["wrong-value", "wrong-shape", "wrong-dtype", "wrong-kind", "not-finite", "raised", "no-error"])
# What the text of an answer may add to a finding: the first says what came of it, the others why.
_CAUSES = {
    "argument-ignored": ("read-from-outside",),
    "compiled-again": ("jit-made-anew",),
    "key-ignored": ("key-made-inside", "numpy-random", "key-from-outside"),
    "never-stops": ("dropped-update",),
    "not-reproducible": ("numpy-random", "changed-outside"),
    "parameters-not-moved": ("dropped-state", "dropped-update"),
    "state-shared": ("default-shared",),
    "state-unchanged": ("dropped-state", "dropped-update"),
    "key-reused": ("dropped-key", "key-not-advanced"),
    "replicates-identical": ("dropped-key", "key-not-advanced", "key-from-outside"),
    "nothing-returned": ("dropped-result", "dropped-state", "dropped-key"),
    "fold-in-collision": ("dropped-key",),
    "old-value-kept": ("dropped-result",),
    "new-value-missing": ("dropped-result",),
    "row-lost": ("dropped-result",),
    "one-step-lost": ("dropped-result",),
    "step-left-out": ("dropped-result",),
}
# What the text shows of a way to write that makes no value wrong by itself: told only as the cause of a finding, above.
_ONLY_AS_CAUSE = frozenset(
    "jit-made-anew printed-while-tracing numpy-on-tracer python-if-on-tracer changed-outside default-shared "
    "key-from-outside read-from-outside".split()
)
# What values can only suspect and the text must confirm, and what to say where it does not.
_NEEDS_TEXT = {"dropped-result": "nothing-changed"}
# What another check may add to a finding, in the same way.
_NEARER = {
    "key-reused": ("split-and-fold-in", "fold-in-collision", "split-twice"),
    "replicates-identical": ("fold-in-collision",),
}
_OF_OUTCOME = {
    Outcome.CRASHED: "crashed",
    Outcome.TIMED_OUT: "timed-out",
    Outcome.OVER_MEMORY: "out-of-memory",
    Outcome.NOT_RUN: "quarantined",
}


LOST = frozenset(_OF_OUTCOME)


@dataclass(frozen=True)
class End:
    """How one run of a check ended. `certain`: the finding's diagnosis is more than a suspicion."""

    outcome: Outcome
    finding: Finding | None = None
    note: str = ""
    certain: bool = False


def end_of(raised: BaseException | None, task: str, transport: Transport, *, is_broken: bool) -> End:
    """What it means that a check of `task` raised `raised` (None: it passed).

    An exception of the check's own body is caused by an odd answer, and so is a failure; unless the check `is_broken`:
    fails on the reference answer too.
    """
    if raised is None:
        return End(Outcome.PASSED)
    if isinstance(raised, NotAttempted) or _is_starter(raised, task):
        return End(Outcome.NOT_ATTEMPTED, Finding("not-attempted"))
    if isinstance(raised, NoSuchName):
        return _missing(task, transport)
    if isinstance(raised, AnswerLost):
        return _of_lost(raised)
    if is_broken or isinstance(raised, CheckBug | TransportError):
        return End(Outcome.GRADER_ERROR, note=f"{type(raised).__name__}: {raised}")
    if isinstance(raised, AnswerError):
        return _of_error(raised.error)
    if isinstance(raised, CheckFailed):
        return _of_failure(raised)
    if isinstance(raised, AssertionError):
        return End(Outcome.FAILED, Finding("wrong-value", str(raised).split("\n", 1)[0][:300]))
    if isinstance(raised, KeyboardInterrupt):
        raise raised
    if isinstance(raised, TypeError) and (called := re.match(r"'[\w.]*?(\w+)' object is not callable", str(raised))):
        kind = "JAX array" if called[1] == "ArrayImpl" else called[1]
        return End(Outcome.FAILED, Finding("not-a-function", f"`{task}` is {with_article(kind)}, not a function."))
    first = str(raised).strip().split("\n", 1)[0][:200]
    saw = f"The result cannot be used as the text asks ({type(raised).__name__}{first and ': '}{first})."
    return End(Outcome.FAILED, Finding("wrong-kind", saw))


def _of_failure(failed: CheckFailed) -> End:
    try:
        diagnosis(failed.finding.diagnosis)
    except KeyError as error:
        return End(Outcome.GRADER_ERROR, note=error.args[0])
    return End(Outcome.FAILED, failed.finding, certain=failed.certain)


def _is_starter(raised: BaseException, task: str) -> bool:
    return (
        isinstance(raised, AnswerError)
        and raised.error.kind == "NotImplementedError"
        and raised.error.message.strip() == task
    )


def _missing(task: str, transport: Transport) -> End:
    """Nothing is called `task`: never written, or kept from being defined by an error."""
    from dlfb_lab._host import unpack_error

    try:
        packed = transport.request("fate", task)
        error = None if packed is None else unpack_error(packed)
    except AnswerLost as lost:
        return _of_lost(lost)
    except (AnswerError, ValueError, TypeError):
        return _of_lost(AnswerLost(Outcome.CRASHED, "The notebook's process gave an answer that is none."))
    if error is None:
        return End(Outcome.NOT_ATTEMPTED, Finding("no-such-name", f"Nothing in the notebook is called `{task}`."))
    return _of_error(error)


def _of_lost(lost: AnswerLost) -> End:
    return End(lost.outcome, Finding(_OF_OUTCOME.get(lost.outcome, "raised"), str(lost)), certain=True)


def _of_error(error: ErrorData) -> End:
    lost = {"crashed": Outcome.CRASHED, "timed-out": Outcome.TIMED_OUT}.get(error.diagnosis)
    if lost is not None and error.kind == "AnswerLost":
        return End(lost, error_finding(error), certain=True)
    over = error.diagnosis == "out-of-memory"
    return End(Outcome.OVER_MEMORY if over else Outcome.FAILED, error_finding(error), certain=True)


def error_finding(error: ErrorData) -> Finding:
    """The finding for an exception of the student's code."""
    name = error.diagnosis if error.diagnosis in diagnoses() else "raised"
    # Our own words need no name of an exception before them.
    own_words = error.kind == "AnswerLost" or name == "magic-refused"
    saw = error.message if own_words else f"The code stopped with {error.says}"
    return Finding(name, saw, (), error.line)


class HasEnd(Protocol):
    """A check's result, as far as choosing among several needs it."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def finding(self) -> Finding | None: ...
    @property
    def certain(self) -> bool: ...


def most_telling(results: Sequence[HasEnd], lint: Sequence[tuple[str, SourceLine]]) -> Finding | None:
    """The finding to show first for a task.

    That of the first check that failed, if it names a misconception: checks stand in their order, values before
    properties. Else the first that names one for certain; a property's suspicion says little about an answer whose
    values are wrong already. Else what the answer's text shows. Else that of the first check. A later check or the
    text may know the cause of what is found.
    """
    ends = [result for result in results if result.outcome is not Outcome.PASSED and result.finding is not None]
    findings = [result.finding for n, result in enumerate(ends) if result.finding and (n == 0 or result.certain)]
    specific = [finding for finding in findings if finding.diagnosis not in GENERAL]
    if specific:
        nearer = _NEARER.get(specific[0].diagnosis, ())
        found = next((r.finding for r in ends if r.finding and r.finding.diagnosis in nearer), specific[0])
        return _with_cause(found, dict(reversed(lint)))  # of several lines with one diagnosis, the first
    telling = [shown for shown in lint if shown[0] not in _ONLY_AS_CAUSE]
    if findings and telling:
        name, line = telling[0]
        return Finding(name, findings[0].saw, findings[0].evidence, line)
    return findings[0] if findings else None


def _with_cause(finding: Finding, lines: Mapping[str, SourceLine]) -> Finding:
    if finding.diagnosis in _NEEDS_TEXT and finding.diagnosis not in lines:
        return replace(finding, diagnosis=_NEEDS_TEXT[finding.diagnosis])
    cause = next((name for name in _CAUSES.get(finding.diagnosis, ()) if name in lines), finding.diagnosis)
    return replace(finding, diagnosis=cause, line=finding.line or lines.get(cause))


_ORDER = (
    Outcome.GRADER_ERROR,
    Outcome.OVER_MEMORY,
    Outcome.TIMED_OUT,
    Outcome.CRASHED,
    Outcome.NOT_RUN,
    Outcome.FAILED,
    Outcome.NOT_ATTEMPTED,
    Outcome.PASSED,
)


def task_outcome(outcomes: Sequence[Outcome]) -> Outcome:
    """How a task ended whose checks ended like this: the gravest of them."""
    return next((outcome for outcome in _ORDER if outcome in outcomes), Outcome.NOT_RUN)


def lint_of(transport: Transport, task: str) -> list[tuple[str, SourceLine]]:
    """What the text of an answer shows, as far as the side it lives on says so. A claim: checked for its form."""
    try:
        claimed: Any = transport.request("lint", task)
    except (AnswerError, TransportError):
        return []
    found = []
    for item in claimed[:MAX_LINT] if type(claimed) is list else []:
        if type(item) is tuple and len(item) == 4:
            name, cell, number, text = item
            fits = type(name) is str and type(number) is int and type(text) is str and type(cell) in (int, type(None))
            if fits and name in diagnoses():
                found.append((name, SourceLine(cell, number, text[:200])))
    return found
