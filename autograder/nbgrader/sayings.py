"""What a report says of a task, in nbgrader's two places: a comment on the answer, and an output of the check.

nbgrader shows comments as Markdown and lets HTML through, so a comment holds our own words alone. An output is text.
"""

from autograder.plain_text import block
from autograder.report.record import Adjustment, Report, TaskReport
from autograder.report.words import explain, for_a_student, meaning, number
from dlfb_lab._outcome import Outcome
from dlfb_lab._verdict_text import Line, Verdict, as_text

_LONGEST = 8_000


def verdicts(report: Report) -> dict[str, str]:
    """The verdict on each task as text, by its name: sentences, the finding, and the points."""
    return {task.name: _verdict(task, report.problem) for task in for_a_student(report).tasks}


def _verdict(task: TaskReport, problem: str) -> str:
    lines = tuple(Line(check.sentence, check.outcome) for check in task.checks)
    said = (
        as_text(Verdict(task.name, lines, task.finding))
        if lines
        else f"{task.name}: {problem or meaning(task.outcome)}"
    )
    return block(f"{said}\n\nPoints: {number(task.points)} of {number(task.max_points)}", _LONGEST)


def comment_on(task: TaskReport, changes: tuple[Adjustment, ...], problem: str) -> str:
    """A few sentences on the task. `changes`: what a person changed of its points; `problem`: the whole report's."""
    held = sum(check.outcome is Outcome.PASSED for check in task.checks)
    said = [f"{held} of {len(task.checks)} checks hold."] if task.checks else []
    if task.finding is not None and task.outcome not in (Outcome.PASSED, Outcome.NOT_ATTEMPTED):
        text = explain(task.finding)
        said += [text.title, text.why, text.look]
    elif task.outcome is not Outcome.PASSED:
        said.append(meaning(task.outcome))
    said += ["The file that was handed in could not be graded."] if problem else []
    said += [f"A person changed the points by {change.points:+g}." for change in changes if change.points]
    return " ".join(part for part in said if part)
