"""`check` says whether an answer holds, and if not, what it shows."""

import difflib
import sys
import time
import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dlfb_lab._catalog import catalog, checks_file
from dlfb_lab._outcome import Outcome
from dlfb_lab._progress import TaskProgress, record
from dlfb_lab._quiet import is_quiet
from dlfb_lab._show import show
from dlfb_lab._task_name import task_name
from dlfb_lab._verdict_text import Line, Verdict

if TYPE_CHECKING:
    from dlfb_lab._answer import Transport
    from dlfb_lab._finding import Finding


def check(answer: Any) -> None:
    """Show which checks of a task hold for the answer in this notebook, and what the first one that does not shows.

    Args:
        answer: the task's name, as in `check("kmer_counts")`, or the answer itself, as in `check(kmer_counts)`.

    What holds is remembered in `.dlfb_lab`, for `lab list`. While a notebook is being graded this does nothing.
    """
    if is_quiet():
        return
    caller = sys._getframe(1)
    verdict = verdict_on(answer, {**caller.f_globals, **caller.f_locals})
    show(verdict)
    _record(verdict)


def verdict_on(answer: Any, namespace: Mapping[str, Any]) -> Verdict:
    """The verdict on a task's answer in `namespace`."""
    name, problem = task_name(answer, namespace, "check")
    if problem:
        return Verdict("", (), message=problem)
    # Imported here: JAX takes two seconds, and who only imports `check` should not wait for it.
    from dlfb_lab._host import DirectTransport, Host

    verdict = verdict_on_task(name, DirectTransport(Host(namespace)))
    close = [] if name in namespace else difflib.get_close_matches(name, namespace, 1, cutoff=0.8)
    return replace(verdict, finding=_with_neighbor(verdict.finding, close[0])) if close else verdict


def _with_neighbor(finding: "Finding | None", neighbor: str) -> "Finding | None":
    """A finding that nothing has the task's name, with a name beside it that may be a slip of the pen."""
    return finding and replace(finding, saw=f"{finding.saw} There is `{neighbor}`: is that meant?")


def verdict_on_task(name: str, transport: "Transport") -> Verdict:
    """The verdict on the task called `name`, whose answer `transport` reaches."""
    from dlfb_lab._judge import judge
    from dlfb_lab._verdict import lint_of, most_telling
    from dlfb_lab.probes._settings import settings_kept

    # A notebook may have left JAX's alarms on, and some checks send NaN on purpose.
    with warnings.catch_warnings(), settings_kept([], alarms_off=True):
        warnings.simplefilter("ignore")
        results = judge([checks_file(catalog()[name].lab)], list(catalog()), transport, only=[name])
    if not results:
        return Verdict(name, (), message=f"{name}: there are no checks for this task yet.")
    lines = tuple(Line(result.sentence, result.outcome) for result in results)
    return Verdict(name, lines, most_telling(results, lint_of(transport, name)), _fault(results))


def _fault(results: Any) -> str:
    notes = [result.note for result in results if result.note]
    return f"Our own check broke, which is no fault of yours. Please report it: {notes[0][:300]}" if notes else ""


def _record(verdict: Verdict) -> None:
    """Remember how much held, and that these were live answers. A starter is no answer."""
    outcomes = [line.outcome for line in verdict.lines]
    if set(outcomes) - {Outcome.NOT_ATTEMPTED}:
        record(verdict.task, TaskProgress(outcomes.count(Outcome.PASSED), len(outcomes), live=time.time()))
