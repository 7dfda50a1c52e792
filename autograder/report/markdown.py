"""A report -> a few lines of Markdown, to be pasted as a comment into a learning management system.

Short: the points, a line a task, and what to try next. What comes from a student's work is set as code or escaped, so
that it is text in every Markdown; what a hidden check saw is not there, as nowhere else.
"""

import re
from collections.abc import Iterator

from autograder.plain_text import one_line
from autograder.report.html_page import next_task, safe_link
from autograder.report.record import Adjustment, Report, TaskReport
from autograder.report.words import difference, explain, for_a_student, lab_title, number, points, sign, word
from dlfb_lab._finding import Finding
from dlfb_lab._outcome import Outcome

# What has a meaning within a line of Markdown. `&` and `<` become entities, for they are HTML as well.
_ACTS = re.compile(r"([\\*\[\]|~$#`]|(?<![^\W_])_|_(?![^\W_]))")
# What some turn into a link or a message to somebody, up to the character that makes it one.
_LINK = re.compile(r"https?:|ftp:|mailto:|www\.|@", re.IGNORECASE)


def to_markdown(report: Report) -> str:
    """The report as Markdown, the same for the same report, ending in a line feed."""
    shown = for_a_student(report)
    title = lab_title(shown.lab) if shown.lab else "Your notebook"
    return "\n\n".join([f"## {escaped(title)}", *_parts(shown)]) + "\n"


def _parts(report: Report) -> Iterator[str]:
    if report.tasks:
        yield f"**{number(report.final_points)} of {number(report.max_points)} points**"
    if report.adjustments:
        yield _list(_change(change) for change in report.adjustments)
    if report.has_grader_error:
        yield "The grader failed in some of it, through no fault of yours. That costs you no point."
    if report.problem:
        yield f"Nothing could be graded: {prose(report.problem)}"
    elif report.tasks:
        yield _list(map(_task, report.tasks))
        yield f"**What to try next.** {_next(report)}"


def _list(items: Iterator[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _change(change: Adjustment) -> str:
    where = f"{code(change.task)}, " if change.task else ""
    return f"{where}{escaped(change.kind)}: {difference(change.points)}. {prose(change.reason)}".rstrip()


def _task(task: TaskReport) -> str:
    line = f"{sign(task.outcome)} {code(task.name)} {points(task)}: {word(task.outcome)}"
    if task.finding is None or task.outcome in (Outcome.PASSED, Outcome.NOT_ATTEMPTED):
        return line
    return f"{line}. {_finding(task.finding)}"


def _finding(finding: Finding) -> str:
    title = explain(finding).title
    saw = f" {prose(finding.saw)}" if finding.saw and finding.saw != title else ""
    where = ""
    if finding.line is not None and finding.line.text.strip():
        cell = f"cell {finding.line.cell}, " if finding.line.cell else ""
        where = f" Your code, {cell}line {finding.line.number}: {code(finding.line.text.strip())}"
    return f"{prose(title)}{saw}{where}"


def _next(report: Report) -> str:
    task = next_task(report)
    if task is None:
        left = "There is nothing for you to do." if report.has_grader_error else "Everything holds."
        return f"{left} Go on to the next lab."
    hint = code(f'hint("{task.name}")')
    text = explain(task.finding) if task.finding and task.outcome is not Outcome.NOT_ATTEMPTED else None
    look = f" {prose(text.look)}" if text and text.look else ""
    link = f" See <{safe_link(text.link)}>." if text and safe_link(text.link) else ""
    return f"Go on with {code(task.name)}.{look}{link} {hint} in the notebook says how to go on."


def prose(text: str) -> str:
    """`text` with what stands between backticks as code, and everything else escaped."""
    pieces = re.split(r"`([^`\n]+)`", one_line(text, 1000))
    return "".join(code(piece) if odd % 2 else escaped(piece) for odd, piece in enumerate(pieces))


def code(text: str) -> str:
    """`text` as code, within fences that are longer than any in it."""
    plain = one_line(text, 200)
    fence = "`" * (1 + max(map(len, re.findall("`+", plain)), default=0))
    space = " " if plain.startswith("`") or plain.endswith("`") or not plain.strip() else ""
    return f"{fence}{space}{plain}{space}{fence}"


def escaped(text: str) -> str:
    """`text` as nothing but text: no emphasis, link, mention, formula or tag."""
    plain = one_line(text, 1000).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINK.sub(_as_entity, _ACTS.sub(r"\\\1", plain))


def _as_entity(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}&#{ord(found[0][-1])};"
