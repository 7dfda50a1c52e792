"""`solution` shows a task's reference answer, where the course's folder is at hand and its owner allows it.

For one's own study. The text of the answer's cell is read and shown, and never run. Where it is not to be seen, one
sentence says what is missing.
"""

import html
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlfb_lab._catalog import catalog
from dlfb_lab._folder import upward
from dlfb_lab._progress import TaskProgress, progress_on, record
from dlfb_lab._quiet import is_quiet
from dlfb_lab._show import show
from dlfb_lab._task_name import task_name
from dlfb_lab._verdict_text import BOX, inline

_MARKERS = ("# BEGIN SOLUTION", "# END SOLUTION")
_CELL = re.compile(r"(?m)^# %%(?=\s|$)")


@dataclass(frozen=True)
class SolutionPage:
    """What `solution` has to say: a title and the code below it, or a sentence and no code."""

    title: str
    code: str = ""

    def __str__(self) -> str:
        indented = "\n".join(f"    {line}".rstrip() for line in self.code.splitlines())
        return f"{self.title}\n\n{indented}" if self.code else self.title

    __repr__ = __str__

    def _repr_html_(self) -> str:
        code = (
            f'<pre style="background:none;color:inherit"><code>{html.escape(self.code)}</code></pre>'
            if self.code
            else ""
        )
        return f'<div style="{BOX}" role="status"><strong>{inline(self.title)}</strong>{code}</div>'


def solution(task: Any) -> None:
    """Show the reference answer of a task, after all its checks held or its third hint was seen.

    Args:
        task: the task's name, as in `solution("kmer_counts")`, or the answer itself.

    It needs the course's own folder, and its leave. While a notebook is being graded this does nothing.
    """
    if is_quiet():
        return
    caller = sys._getframe(1)
    name, problem = task_name(task, {**caller.f_globals, **caller.f_locals}, "solution")
    show(SolutionPage(problem) if problem else solution_page(name))


def solution_page(name: str) -> SolutionPage:
    """The page for a task's reference answer. That it was seen is remembered."""
    source = _source(name)
    reason = _why_not(name, source)
    if reason or source is None:
        return SolutionPage(reason)
    code = _answer_in(source, name)
    if not code:
        return SolutionPage(
            f"The reference answer of `{name}` cannot be read from {source}. Tell whoever keeps that file."
        )
    record(name, TaskProgress(solution=True))
    return SolutionPage(f"{name}: one way to answer it. Yours may be another and just as right.", code)


def is_open(name: str) -> bool:
    """Whether `solution` would show a task's reference answer now."""
    return not _why_not(name, _source(name))


def _why_not(name: str, source: Path | None) -> str:
    if source is None:
        return (
            f"The reference answer of `{name}` is not on this computer: it is in the course's own folder, `solutions`, "
            "which only comes with the whole repository."
        )
    if not _allowed(source.parent):
        return f'This course keeps its reference answers to itself. `hint("{name}")` and `check("{name}")` help you on.'
    seen, last = progress_on(name), len(catalog()[name].hints)
    if not seen.passed and not seen.saw_hint(last):
        return (
            f"The reference answer of `{name}` opens once all its checks hold, or you have seen its last hint. "
            f'`hint("{name}")` shows the next one.'
        )
    return ""


def _source(name: str) -> Path | None:
    """The lab's own file: in the nearest folder upward that is a course with it, or beside this package."""
    places = [*upward(), Path(__file__).resolve().parents[1]]
    files = (place / "solutions" / f"{catalog()[name].lab}.py" for place in places)
    return next((file for file in files if file.is_file()), None)


def _allowed(solutions: Path) -> bool:
    try:
        return tomllib.loads((solutions / "course.toml").read_text("utf-8")).get("show_solutions") is True
    except (OSError, ValueError):
        return False


def _answer_in(source: Path, name: str) -> str:
    """The text of the task's answer cell, without the lines that mark where the student writes."""
    try:
        text = source.read_text("utf-8")
    except (OSError, ValueError):
        return ""
    for header, body in _cells(text):
        if re.search(rf'\sanswer="{re.escape(name)}"', header):
            lines = [line for line in body.splitlines() if line.strip() not in _MARKERS]
            return "\n".join(lines).strip("\n")
    return ""


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """(rest of the header's line, text below it) of each cell of a percent-format file."""
    for cell in _CELL.split(text)[1:]:
        header, _, body = cell.partition("\n")
        yield header, body
