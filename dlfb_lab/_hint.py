"""`hint` shows the next of a task's three hints."""

import html
import sys
from dataclasses import dataclass
from typing import Any

from dlfb_lab._catalog import CatalogTask, catalog
from dlfb_lab._progress import TaskProgress, progress_on, record
from dlfb_lab._prose import prose_as_html, prose_as_text
from dlfb_lab._quiet import is_quiet
from dlfb_lab._show import show
from dlfb_lab._solution import is_open
from dlfb_lab._task_name import task_name
from dlfb_lab._verdict_text import BOX, WIDTH, inline


@dataclass(frozen=True)
class HintPage:
    """What `hint` has to say.

    Attributes:
        title: its first line, or all of it, where nothing else is to be shown.
        hints: headed texts, in order.
        then: what to do next.
    """

    title: str
    hints: tuple[tuple[str, str], ...] = ()
    then: str = ""

    def as_text(self, width: int = WIDTH) -> str:
        """The page for a terminal of `width` columns."""
        heads = len(self.hints) > 1
        shown = [
            f"  {head}\n{prose_as_text(text, width)}" if heads else prose_as_text(text, width)
            for head, text in self.hints
        ]
        return "\n\n".join([self.title, *shown, *filter(None, [prose_as_text(self.then, width, "")])])

    def __str__(self) -> str:
        return self.as_text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        heads = len(self.hints) > 1
        parts = [f'<div style="{BOX}" role="status"><strong>{inline(self.title)}</strong>']
        for head, text in self.hints:
            parts += [f'<p style="margin:.6em 0 0"><em>{html.escape(head)}</em></p>'] if heads else []
            parts.append(prose_as_html(text))
        return "".join([*parts, prose_as_html(self.then), "</div>"])


def hint(task: Any, number: int | None = None) -> None:
    """Show a hint on a task: the next one that you have not seen, or the one with that number.

    Args:
        task: the task's name, as in `hint("kmer_counts")`, or the answer itself.
        number: which hint, from 1. Each says more than the one before.

    After the last one, all are shown again. While a notebook is being graded this does nothing.
    """
    if is_quiet():
        return
    caller = sys._getframe(1)
    name, problem = task_name(task, {**caller.f_globals, **caller.f_locals}, "hint")
    show(HintPage(problem) if problem else hint_page(name, number))


def hint_page(
    name: str, number: int | None = None, call: str = 'hint("{}")', solution: str = 'solution("{}")'
) -> HintPage:
    """The page for a task's next hint, or that with a number. What it shows is remembered as seen.

    Args:
        name: a task's name.
        number: which hint, from 1; None for the next one.
        call: how a student asks for the next hint, with {} for the task's name.
        solution: how a student asks for the reference answer.
    """
    task, seen = catalog()[name], progress_on(name)
    known = range(1, len(task.hints) + 1)
    if number is not None and (type(number) is not int or number not in known):
        return HintPage(f"{name} has {len(known)} hints, numbered from 1. {_ask(call, name)} shows the next one.")
    wanted = number if number is not None else next((n for n in known if not seen.saw_hint(n)), None)
    if wanted is None:
        return _all_hints(task, _on_solution(name, solution))
    record(name, TaskProgress(hints=1 << wanted))
    return _one_hint(task, wanted, call, solution)


def _one_hint(task: CatalogTask, number: int, call: str, solution: str) -> HintPage:
    count, seen = len(task.hints), progress_on(task.name)
    ahead = next((n for n in range(1, count + 1) if not seen.saw_hint(n)), None)
    title = f"{task.name}: hint {number} of {count}"
    if ahead is not None:
        then = f"Still stuck? {_ask(call, task.name)} shows hint {ahead}."
    else:
        then = (
            f"You have seen them all now. {_ask(call, task.name)} shows them again. {_on_solution(task.name, solution)}"
        )
    return HintPage(title, ((f"Hint {number}", task.hints[number - 1]),), then)


def _all_hints(task: CatalogTask, then: str) -> HintPage:
    heads = tuple((f"Hint {number}", text) for number, text in enumerate(task.hints, 1))
    return HintPage(f"{task.name}: all {len(heads)} hints again", heads, then)


def _on_solution(name: str, solution: str) -> str:
    return f"{_ask(solution, name)} shows a reference answer." if is_open(name) else ""


def _ask(call: str, name: str) -> str:
    return f"`{call.format(name)}`"
