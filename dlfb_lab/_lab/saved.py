"""The answers in a saved notebook, checked in a process of their own: the side that reads what it says."""

import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlfb_lab import _catalog
from dlfb_lab._lab.notebooks import SavedNotebook, clock
from dlfb_lab._lab.packed import unpack
from dlfb_lab._lab.process import Ended, run_limited
from dlfb_lab._outcome import Outcome
from dlfb_lab._progress import TaskProgress, read_progress, record
from dlfb_lab._verdict_text import Verdict

_GRACE = 10.0  # seconds after its time in which the process is ended from here, before it ends itself


@dataclass(frozen=True)
class SavedCheck:
    """What came of checking a saved notebook.

    Attributes:
        notebook: it.
        verdicts: on each task that was checked.
        unchecked: the tasks that were to be checked and were not.
        notes: sentences on cells that stopped, and on how the process ended if it did not end well.
        finished: whether the process ran to its end.
    """

    notebook: SavedNotebook
    verdicts: tuple[Verdict, ...]
    unchecked: tuple[str, ...]
    notes: tuple[str, ...]
    finished: bool

    @property
    def holds(self) -> bool:
        """Whether each check of each task holds."""
        return not self.unchecked and all(map(is_passed, self.verdicts))


def is_passed(verdict: Verdict) -> bool:
    """Whether all checks of a task hold."""
    return bool(verdict.lines) and all(line.outcome is Outcome.PASSED for line in verdict.lines)


def is_attempted(verdict: Verdict) -> bool:
    """Whether there is an answer to speak of."""
    return not verdict.lines or any(line.outcome is not Outcome.NOT_ATTEMPTED for line in verdict.lines)


def check_saved(notebook: SavedNotebook, tasks: Sequence[str], seconds: float) -> SavedCheck:
    """Run the notebook as it is saved, and check `tasks` of it. What holds is remembered as progress.

    Args:
        notebook: it.
        tasks: names of its lab's tasks.
        seconds: the time for all of that. What runs longer is ended.
    """
    with tempfile.TemporaryDirectory(prefix="lab-", ignore_cleanup_errors=True) as name:
        events, copy, folder = Path(name) / "events.jsonl", Path(name) / "copy.ipynb", notebook.path.absolute().parent
        # What was read: while the file runs an editor may be in the midst of saving it.
        copy.write_bytes(notebook.text.removeprefix("\ufeff").encode())
        course = str(_catalog._course.absolute())
        given: dict[str, Any] = {"notebook": str(copy), "folder": str(folder), "events": str(events), "course": course}
        given |= {"tasks": list(tasks), "seconds": seconds + _GRACE}
        command = [sys.executable, "-P", "-m", "dlfb_lab._lab.worker", json.dumps(given)]
        ended = run_limited(command, seconds, folder, Path(name) / "errors")
        said = list(_events(events))
    verdicts = tuple(unpack(event["verdict"]) for event in said if "verdict" in event)
    _record(verdicts)
    checked = {verdict.task for verdict in verdicts}
    unchecked = tuple(task for task in tasks if task not in checked)
    notes = [note for event in said for note in event.get("stopped", ())]
    finished = ended.code == 0 and not unchecked
    if not finished:
        notes.append(_why_it_ended(notebook, ended, said[-1] if said else {}, seconds))
    return SavedCheck(notebook, verdicts, unchecked, tuple(notes), finished)


def newer_in_kernel(notebook: SavedNotebook, tasks: Iterable[str]) -> str:
    """A warning where `check` has looked at live answers since the notebook was saved; "" where it has not."""
    known = read_progress()
    live = max((known[task].live for task in tasks if task in known), default=0.0)
    if not notebook.saved + 1 < live < time.time() + 60:
        return ""
    return (
        f"The last check() in the notebook was {clock(live)}, after the notebook was saved ({clock(notebook.saved)}). "
        "Save it: your kernel may hold newer answers than the file."
    )


def _record(verdicts: Iterable[Verdict]) -> None:
    for verdict in verdicts:
        if verdict.lines and is_attempted(verdict):
            held = sum(line.outcome is Outcome.PASSED for line in verdict.lines)
            record(verdict.task, TaskProgress(held, len(verdict.lines)))


def _events(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:  # the process was ended in the middle of a line
            continue
        if isinstance(event, dict):
            yield event


def _why_it_ended(notebook: SavedNotebook, ended: Ended, last: dict[str, Any], seconds: float) -> str:
    if ended.code is None:
        longer = f"`--timeout {2 * seconds:g}` gives it longer."
        return f"The time limit of {seconds:g} s was over {_place(notebook, last)}. If nothing loops there, {longer}"
    return f"The notebook's process ended ({_how(ended)}) {_place(notebook, last)}."


def _place(notebook: SavedNotebook, last: dict[str, Any]) -> str:
    if "task" in last:
        return f"while `{last['task']}` was checked: a call of your answer"
    if "cell" in last:
        source = notebook.code_cells[last["cell"] - 1].splitlines()
        text = source[last["line"] - 1].strip() if last["line"] <= len(source) else ""
        return f"in code cell {last['cell']}, line {last['line']}: `{text[:80]}`"
    return "before its first cell ran" if not last else "between two tasks"


def _how(ended: Ended) -> str:
    code = ended.code or 0
    if code < 0:
        return signal.strsignal(-code) or f"signal {-code}"
    detail = ended.errors.splitlines()[-1][:200] if code == 1 and ended.errors else ""
    return f"exit code {code}{': ' if detail else ''}{detail}"
