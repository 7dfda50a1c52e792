"""How a check, a task or a whole submission can end: one vocabulary from the kernel to the LMS."""

from enum import StrEnum


class Outcome(StrEnum):
    """The eight ends, from best to worst for the reader of a report.

    Only `FAILED` says that an answer is wrong. `NOT_ATTEMPTED` is an untouched starter, `CRASHED`, `TIMED_OUT` and
    `OVER_MEMORY` are what the student's process did, `NOT_RUN` is a file or answer that could not be looked at, and
    `GRADER_ERROR` is a fault of ours, which never costs a point.
    """

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not_attempted"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OVER_MEMORY = "over_memory"
    NOT_RUN = "not_run"
    GRADER_ERROR = "grader_error"
