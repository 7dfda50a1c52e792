"""Reports -> a table for the terminal: student by task, with sign, word and points.

One table a lab. Where its tasks do not fit side by side, cells take three lines; where that is still too wide,
they shrink to sign and points under numbers, with a key below, and the table goes on in a second one.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from autograder.plain_text import one_line
from autograder.report.record import Report, TaskReport
from autograder.report.words import number, points, sign, word
from dlfb_lab._outcome import Outcome

_STYLES = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.GRADER_ERROR: "bold white on red"}


def _broken(name: str) -> str:
    """A task's name with a new line after each word."""
    return name.replace("_", "_\n")


class _Form(NamedTuple):
    """How a task's name and its cell (after the sign) are written: they grow ever narrower."""

    heading: Callable[[str], str]
    cell: Callable[[TaskReport], str]


_WIDE = _Form(heading=str, cell=lambda task: f"{word(task.outcome)} {points(task)}")
_LOWER = _Form(heading=_broken, cell=lambda task: f"{word(task.outcome)}\n  {points(task)}")
_TALL = _Form(
    heading=_broken,
    cell=lambda task: word(task.outcome).replace(" ", "\n  ") + f"\n  {points(task)}",
)
_SHORT = _Form(heading=str, cell=lambda task: number(task.points))
_NAME_WIDTH = 24
_PADDING = 3  # what Rich adds to each column: a space on both sides and the rule


def print_table(reports: Sequence[Report], console: Console) -> None:
    """Print what became of a class. Signs fall back to ASCII where the terminal knows no more."""
    for part in _parts(reports, console.width, ascii_only=console.options.ascii_only):
        console.print(part)


def class_table(reports: Sequence[Report], *, width: int = 80, ascii_only: bool = False) -> RenderableType:
    """What `print_table` prints, as one thing that Rich can render."""
    return Group(*_parts(reports, width, ascii_only=ascii_only))


def _parts(reports: Sequence[Report], width: int, *, ascii_only: bool) -> list[RenderableType]:
    graded = sorted((report for report in reports if report.tasks), key=lambda report: report.lab)
    problems = [report for report in reports if report.problem or not report.tasks]
    return [
        *_alarm([report for report in reports if report.has_grader_error]),
        *(part for _, lab in groupby(graded, lambda report: report.lab) for part in _lab(list(lab), width, ascii_only)),
        *_not_graded(problems),
        *_legend(reports, ascii_only),
    ]


def _alarm(broken: Sequence[Report]) -> list[RenderableType]:
    """What must be seen first: checks that the grader itself could not judge."""
    if not broken:
        return []
    names = ", ".join(one_line(report.student, 40) for report in broken)
    text = f"GRADER ERROR: some of it could not be judged for {names}. It costs no points. See the start page."
    return [Panel(Text(text), style="bold red", box=box.HEAVY)]


def _lab(reports: Sequence[Report], width: int, ascii_only: bool) -> list[RenderableType]:
    tasks = list(dict.fromkeys(task.name for report in reports for task in report.tasks))
    names = max(len("student"), *(min(cell_len(one_line(report.student)), _NAME_WIDTH) for report in reports))
    left = width - names - max(len("points"), *(len(points(report)) for report in reports)) - 2 * _PADDING - 1
    for form in (_WIDE, _LOWER, _TALL):
        headings = [form.heading(one_line(name)) for name in tasks]
        columns = [[heading, *_texts(reports, name, form)] for heading, name in zip(headings, tasks, strict=True)]
        if sum(max(map(_longest_line, column)) + _PADDING for column in columns) <= left:
            return [_table(reports, list(zip(headings, tasks, strict=True)), form, ascii_only)]
    return _numbered(reports, tasks, left, ascii_only)


def _numbered(reports: Sequence[Report], tasks: Sequence[str], left: int, ascii_only: bool) -> list[RenderableType]:
    """The tables with numbers for tasks, as many as the width asks for, and the key to the numbers."""
    columns = [(str(position), name) for position, name in enumerate(tasks, 1)]
    cell = max(_longest_line(text) for name in tasks for text in _texts(reports, name, _SHORT)) + _PADDING
    fit = max(1, left // cell)
    slices = [columns[start : start + fit] for start in range(0, len(columns), fit)]
    key = Text("Tasks: " + ", ".join(f"{position}\N{NO-BREAK SPACE}{one_line(name)}" for position, name in columns))
    return [*(_table(reports, part, _SHORT, ascii_only) for part in slices), key]


def _table(reports: Sequence[Report], columns: Sequence[tuple[str, str]], form: _Form, ascii_only: bool) -> Table:
    table = Table(title=Text(one_line(reports[0].lab), style="bold"), title_justify="left", box=box.ROUNDED)
    table.add_column("student", max_width=_NAME_WIDTH, overflow="fold")
    for heading, _ in columns:
        table.add_column(Text(heading), no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    for report in reports:
        tasks = {task.name: task for task in report.tasks}
        cells = [_cell(tasks[name], form, ascii_only) if name in tasks else Text("") for _, name in columns]
        table.add_row(Text(one_line(report.student)), *cells, Text(points(report), style="bold"))
    return table


def _texts(reports: Sequence[Report], name: str, form: _Form) -> list[str]:
    return [_cell(task, form, True).plain for report in reports for task in report.tasks if task.name == name]


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _cell(task: TaskReport, form: _Form, ascii_only: bool) -> Text:
    text = f"{sign(task.outcome, ascii_only=ascii_only)} {form.cell(task)}"
    return Text(text, style=_STYLES.get(task.outcome, "yellow"))


def _not_graded(reports: Sequence[Report]) -> list[RenderableType]:
    if not reports:
        return []
    lines = [f"{one_line(report.student, 60)}: {one_line(report.problem) or 'no task'}" for report in reports]
    return [
        Text("Not graded:", style="bold"),
        *(Padding(Text(line, style="yellow"), (0, 0, 0, 2), expand=False) for line in lines),
    ]


def _legend(reports: Sequence[Report], ascii_only: bool) -> list[RenderableType]:
    used = {task.outcome for report in reports for task in report.tasks}
    signs = [f"{sign(outcome, ascii_only=ascii_only)} {word(outcome)}" for outcome in Outcome if outcome in used]
    return [Text("   ".join(signs), style="dim")] if signs else []
