"""The words and signs of a report, in one place, so that a table, a page and a file say the same."""

import re
from dataclasses import replace

from autograder.plain_text import one_line
from autograder.report.record import CheckReport, Report, TaskReport
from dlfb_lab._catalog import catalog
from dlfb_lab._finding import Diagnosis, Finding, diagnosis
from dlfb_lab._outcome import Outcome

# (sign, the same for a terminal that knows ASCII alone, word). The signs differ in shape: color is never the message.
_OUTCOMES = {
    Outcome.PASSED: ("✓", "+", "passed"),
    Outcome.FAILED: ("✗", "x", "failed"),
    Outcome.NOT_ATTEMPTED: ("○", "o", "not attempted"),
    Outcome.CRASHED: ("↯", "!", "crashed"),
    Outcome.TIMED_OUT: ("◷", "t", "timed out"),
    Outcome.OVER_MEMORY: ("▲", "m", "over memory"),
    Outcome.NOT_RUN: ("—", "-", "not run"),
    Outcome.GRADER_ERROR: ("‼", "E", "grader error"),
}
_MEANINGS = {
    Outcome.PASSED: "Everything that was checked holds.",
    Outcome.FAILED: "Something does not hold yet.",
    Outcome.NOT_ATTEMPTED: "The starter is still as it was. Replace it with your answer.",
    Outcome.CRASHED: "Your code ended the whole Python process, so its answer could not be looked at.",
    Outcome.TIMED_OUT: "Your code did not come to an end in the time it has.",
    Outcome.OVER_MEMORY: "Your code asked for more memory than it may have.",
    Outcome.NOT_RUN: "There was nothing that could be run.",
    Outcome.GRADER_ERROR: "The grader failed here. This is no fault of yours, and it costs you nothing.",
}
_LEVELS = {
    "L0": "no separation (a self-check)",
    "L1": "own process with limits, no sandbox (practice)",
    "L2": "sandboxed: Landlock and seccomp",
    "L3": "sandboxed, under a user of its own",
}


def sign(outcome: Outcome, *, ascii_only: bool = False) -> str:
    """One character for an outcome, told apart by its shape."""
    return _OUTCOMES[outcome][1 if ascii_only else 0]


def word(outcome: Outcome) -> str:
    """The outcome in plain words."""
    return _OUTCOMES[outcome][2]


def meaning(outcome: Outcome) -> str:
    """One sentence for the student on what the outcome of a task says."""
    return _MEANINGS[outcome]


def level(isolation: str) -> str:
    """What an isolation level means, such as "L2, sandboxed: Landlock and seccomp"."""
    return f"{isolation}, {_LEVELS[isolation]}" if isolation in _LEVELS else one_line(isolation) or "nothing was run"


def number(points: float) -> str:
    """Points as people write them: 1, 0.5, 0.33."""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def difference(change: float) -> str:
    """A change of points in words that no spreadsheet takes for a formula: "1.5 more", "0.5 less", "no change"."""
    if number(abs(change)) == "0":
        return "no change"
    return f"{number(abs(change))} {'more' if change > 0 else 'less'}"


def points(report: Report | TaskReport) -> str:
    """Points reached of points possible, such as "1.5/2"; of a report with all that was changed after grading."""
    reached = report.final_points if isinstance(report, Report) else report.points
    return f"{number(reached)}/{number(report.max_points)}"


def lab_title(name: str) -> str:
    """A lab's name for a heading: "03_random_keys" is "Lab 03: Random keys"."""
    match = re.fullmatch(r"(\d+)_(.+)", name)
    text = (match[2] if match else name).replace("_", " ").strip()
    title = one_line(text[:1].upper() + text[1:])
    return f"Lab {match[1]}: {title}" if match else title


def explain(finding: Finding) -> Diagnosis:
    """The diagnosis of a finding. One that is not in `diagnoses.toml` (it was renamed since) keeps its bare name."""
    try:
        return diagnosis(finding.diagnosis)
    except (KeyError, FileNotFoundError):
        title = finding.diagnosis.replace("-", " ").capitalize() + "."
        return Diagnosis(finding.diagnosis, code="", title=title, why="", look="", link="")


def first_hint(task: TaskReport) -> tuple[str, ...]:
    """The paragraphs of the task's first hint, where the package knows the task; hints of a course's own stay there."""
    try:
        known = catalog().get(task.name)
    except (OSError, ValueError, KeyError):
        return ()
    if known is None or known.title != task.title or not known.hints:
        return ()
    return tuple(" ".join(paragraph.split()) for paragraph in known.hints[0].split("\n\n"))


def for_a_student(report: Report) -> Report:
    """`report` without anything that a hidden check saw.

    The grader leaves it out already. Every writer passes through here all the same: what has once been printed cannot
    be taken back.
    """
    return replace(report, tasks=tuple(_redacted_task(task) for task in report.tasks))


def _redacted_task(task: TaskReport) -> TaskReport:
    seen_by_hidden = [check.finding for check in task.checks if not check.visible]
    seen_by_visible = [check.finding for check in task.checks if check.visible]
    finding = task.finding
    if finding is not None and finding in seen_by_hidden and finding not in seen_by_visible:
        finding = finding.redacted()
    return replace(task, checks=tuple(_redacted_check(check) for check in task.checks), finding=finding)


def _redacted_check(check: CheckReport) -> CheckReport:
    return check if check.visible or check.finding is None else replace(check, finding=check.finding.redacted())
