"""What other systems show a student of a report, in plain text. Hidden checks by their sentence alone.

Every report passes through `for_a_student` once more, so that no export can say what a hidden check saw.
"""

from autograder.plain_text import block, one_line
from autograder.report.record import Adjustment, CellProblem, Report, TaskReport
from autograder.report.words import explain, for_a_student, meaning, number, points, sign, word
from dlfb_lab._finding import Finding
from dlfb_lab._outcome import Outcome

_LONGEST = 4000
_PRACTICE = "For practice: this work ran without a full sandbox (level L1)."


def heading(task: TaskReport) -> str:
    """A task's name and title, such as "kmer_counts: count k-mers, and lose none"."""
    title = one_line(task.title.removeprefix("Task:").strip())
    return f"{task.name}: {title}" if title else task.name


def task_text(task: TaskReport) -> str:
    """What became of a task: how it ended, each check by its sentence, and the finding to look at first."""
    lines = [f"{word(task.outcome).capitalize()}. {meaning(task.outcome)}", ""]
    for check in task.checks:
        hidden = "" if check.visible else " (hidden check)"
        lines.append(f"{sign(check.outcome)} {one_line(check.sentence)}{hidden}")
        if check.outcome not in (Outcome.PASSED, Outcome.FAILED, task.outcome):
            lines.append(f"    {word(check.outcome)}")
    if task.finding is not None:
        lines += ["", finding_text(task.finding)]
    return block("\n".join(lines).strip(), _LONGEST)


def finding_text(finding: Finding) -> str:
    """A finding in some lines: what we saw, where, the evidence, why, what to look at."""
    known = explain(finding)
    lines = [known.title, finding.saw]
    if finding.line is not None:
        where = "" if finding.line.cell is None else f"cell {finding.line.cell}, "
        lines.append(f"Your line ({where}line {finding.line.number}): {finding.line.text}".rstrip(": "))
    lines += [f"{label}: {text}" for label, text in finding.evidence]
    lines += [known.why, known.look, known.link]
    return block("\n".join(line for line in lines if line), _LONGEST)


def summary_text(report: Report) -> str:
    """What holds for the whole submission: the points, how they were changed, cells that did not run."""
    report = for_a_student(report)
    lines = (
        [report.problem]
        if report.problem
        else [f"{number(report.final_points)} of {number(report.max_points)} points."]
    )
    lines += [adjustment_text(change) for change in report.adjustments]
    lines += [_cell_text(cell) for cell in report.cells[:20]]
    if report.isolation == "L1":
        lines.append(_PRACTICE)
    return block("\n".join(lines), _LONGEST)


def adjustment_text(change: Adjustment) -> str:
    """One change of the points, and why."""
    where = f" for {change.task}" if change.task else ""
    return f"{change.points:+g} points{where} ({one_line(change.kind)}): {one_line(change.reason)}"


def short_feedback(report: Report) -> str:
    """A report on one line, for a cell of a gradebook; begins with a digit, so it is no formula."""
    report = for_a_student(report)
    open_tasks = [f"{task.name} {points(task)} ({word(task.outcome)})" for task in report.tasks if _is_open(task)]
    rest = f" Not all there: {', '.join(open_tasks)}." if open_tasks else " Everything holds."
    changes = "".join(f" {adjustment_text(change).rstrip('.')}." for change in report.adjustments)
    return one_line(f"{number(report.final_points)} of {number(report.max_points)} points.{rest}{changes}", 1000)


def _is_open(task: TaskReport) -> bool:
    return task.outcome is not Outcome.PASSED


def _cell_text(cell: CellProblem) -> str:
    title = explain(cell.finding).title
    said = f" {cell.finding.saw}" if cell.finding.saw else ""
    return one_line(f"Cell {cell.cell} did not run to its end ({word(cell.outcome)}). {title}{said}")
