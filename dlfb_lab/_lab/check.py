"""`lab check`: what came of checking saved notebooks, as text."""

import time
from collections.abc import Collection, Iterator, Sequence

from dlfb_lab._finding import diagnosis
from dlfb_lab._lab.notebooks import clock, needed_notebook, read_notebook, shown
from dlfb_lab._lab.saved import SavedCheck, check_saved, is_attempted, is_passed, newer_in_kernel
from dlfb_lab._outcome import Outcome
from dlfb_lab._verdict_text import Verdict, as_text


def check_lab(lab: str, tasks: Sequence[str], seconds: float) -> tuple[SavedCheck, str]:
    """Check the saved answers to `tasks` of a lab.

    Returns:
        What came of it, and a warning where the file may be older than the kernel's answers.

    Raises:
        WrongInput: there is no notebook, or it cannot be read.
    """
    notebook = read_notebook(needed_notebook(lab))
    warning = newer_in_kernel(notebook, tasks)
    return check_saved(notebook, tasks, seconds), warning


def full_text(result: SavedCheck, warning: str, width: int, named: Collection[str] = ()) -> Iterator[str]:
    """The words of `check` for each task, notes and warnings, and a last line that sums up.

    Args:
        result: what came of it.
        warning: shown with it.
        width: of the terminal.
        named: tasks that were asked for by name: shown in full even where there is no answer yet.
    """
    yield f"{result.notebook.path.stem}, as saved {clock(result.notebook.saved)} ({shown(result.notebook.path)})"
    if warning:
        yield f"! {warning}"
    for verdict in result.verdicts:
        if is_attempted(verdict) or verdict.task in named:
            yield "\n" + as_text(verdict, width)
    yield ""
    yield from (f"! {note}" for note in result.notes)
    yield _summary(result)


def short_text(result: SavedCheck, warning: str) -> Iterator[str]:
    """A line for the notebook, and one for each thing to look at."""
    yield f"{time.strftime('%H:%M:%S', time.localtime(result.notebook.saved))}  {_summary(result)}"
    for verdict in result.verdicts:
        if is_attempted(verdict) and not is_passed(verdict):
            held = sum(line.outcome is Outcome.PASSED for line in verdict.lines)
            yield f"  ✗ {verdict.task}: {held} of {len(verdict.lines)} checks hold. {_title(verdict)}".rstrip()
    yield from (f"  ! {note}" for note in (*result.notes, *filter(None, [warning])))


def _title(verdict: Verdict) -> str:
    return diagnosis(verdict.finding.diagnosis).title if verdict.finding else verdict.message


def _summary(result: SavedCheck) -> str:
    if not result.verdicts:
        return f"{result.notebook.path.stem}: nothing was checked."
    total = len(result.verdicts) + len(result.unchecked)
    held = sum(map(is_passed, result.verdicts))
    waiting = [verdict.task for verdict in result.verdicts if not is_attempted(verdict)]
    if total == 1:
        return f"{result.verdicts[0].task}: {'holds' if held else 'not attempted yet' if waiting else 'does not hold'}."
    parts = [f"{held} of {total} tasks hold"]
    if waiting:
        parts.append(f"not attempted yet: {', '.join(waiting)}")
    if result.unchecked:
        parts.append(f"not checked: {', '.join(result.unchecked)}")
    return f"{result.notebook.path.stem}: {'; '.join(parts)}."
