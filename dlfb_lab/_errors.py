"""Every exception of a check, drawn as a tree.

Exception
├── AssertionError
│   └── CheckFailed              a check says no; carries a Finding
├── AnswerMissing                the answer cannot be looked at
│   ├── NotAttempted             the starter is untouched
│   └── NoSuchName               nothing in the notebook is called that
├── AnswerError                  the student's code raised; carries an ErrorData. Also derives from the built-in
│                                exception of the same name, so that pytest.raises(ValueError) works on both sides
├── TransportError               a fault between check and answer
│   └── AnswerLost               the student's process ended: crashed, timed out, over memory
└── CheckBug                     the check asked for something impossible: our fault
"""

import builtins
import re
from dataclasses import dataclass

from dlfb_lab._finding import Finding, SourceLine
from dlfb_lab._outcome import Outcome


class CheckFailed(AssertionError):
    """A check says no.

    Args:
        finding: what it found.
        certain: whether the finding's diagnosis is certain: the value is just what that misconception gives. Without,
            it is what the check suspects of an answer whose values are right.
    """

    def __init__(self, finding: Finding, *, certain: bool = False) -> None:
        self.finding = finding
        self.certain = certain
        lines = [finding.saw or finding.diagnosis, *(f"{label}: {text}" for label, text in finding.evidence)]
        super().__init__("\n".join(lines))


class AnswerMissing(Exception):
    """The answer cannot be looked at."""


class NotAttempted(AnswerMissing):
    """The starter is untouched."""


class NoSuchName(AnswerMissing):
    """Nothing in the notebook is called that."""


@dataclass(frozen=True)
class ErrorData:
    """An exception of the student's code, as plain data.

    Attributes:
        kind: the name of its type, such as "TracerBoolConversionError".
        builtin: the nearest built-in exception it derives from, such as "TypeError".
        message: its text, cut at 2,000 characters.
        diagnosis: the misconception it shows: a name in `diagnoses.toml`, "raised" when none is known.
        line: the last line of the student's own code on the way to it.
    """

    kind: str
    builtin: str
    message: str
    diagnosis: str
    line: SourceLine | None = None

    @property
    def says(self) -> str:
        """Type and first sentence of the message: what comes after it is advice that says less than ours."""
        first = re.split(r"(?<=[^\W\d]|[)'\"`])\. |\n", self.message.strip(), maxsplit=1)[0]
        return f"{self.kind}: {first}" if first else self.kind


class AnswerError(Exception):
    """The student's code raised."""

    def __init__(self, error: ErrorData) -> None:
        self.error = error
        super().__init__(error.says)


class TransportError(Exception):
    """A fault between check and answer."""


class AnswerLost(TransportError):
    """The student's process ended before it answered."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        self.outcome = outcome
        super().__init__(why)


class CheckBug(Exception):
    """The check asked for something impossible: our fault, never the student's."""


# Only these can be combined with AnswerError: others (MemoryError, SystemExit, OSError ...) have other layouts.
_COMBINED = {
    name: type(name, (AnswerError, getattr(builtins, name)), {"__doc__": f"The student's code raised a {name}."})
    for name in (
        "ArithmeticError AssertionError AttributeError FloatingPointError IndexError KeyError LookupError NameError "
        "NotImplementedError OverflowError RecursionError RuntimeError StopIteration TypeError "
        "ValueError ZeroDivisionError"
    ).split()
}


def answer_error(error: ErrorData) -> AnswerError:
    """The exception to raise on the check's side for an exception of the student's code."""
    raised: AnswerError = _COMBINED.get(error.builtin, AnswerError)(error)
    return raised
