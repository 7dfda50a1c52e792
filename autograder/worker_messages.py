"""What a worker says to the process that deals submissions out. It gets a `Submission` each, and None at the end."""

from dataclasses import dataclass

from autograder.report.record import Report

READY = "ready"


@dataclass(frozen=True)
class Graded:
    """A worker's answer to a submission. `seconds` is how long it took."""

    report: Report
    seconds: float


@dataclass(frozen=True)
class Failed:
    """A worker's last words: no submission can be graded here."""

    error: Exception


@dataclass(frozen=True)
class SandboxLost:
    """A worker's last words: it lost its sandbox over a submission."""

    why: str
