"""`check` says whether an answer holds, and if not, what it shows."""

import difflib
import sys
import warnings
from collections.abc import Mapping
from typing import Any

from dlfb_lab._catalog import catalog, checks_file
from dlfb_lab._quiet import is_quiet
from dlfb_lab._verdict_text import Line, Verdict


def check(answer: Any) -> None:
    """Show which checks of a task hold for the answer in this notebook, and what the first one that does not shows.

    Args:
        answer: the task's name, as in `check("kmer_counts")`, or the answer itself, as in `check(kmer_counts)`.

    While a notebook is being graded this does nothing.
    """
    if is_quiet():
        return
    caller = sys._getframe(1)
    _show(verdict_on(answer, {**caller.f_globals, **caller.f_locals}))


def verdict_on(answer: Any, namespace: Mapping[str, Any]) -> Verdict:
    """The verdict on a task's answer in `namespace`."""
    name, problem = _task_name(answer, namespace)
    return Verdict("", (), message=problem) if problem else _verdict_on_task(name, namespace)


def _verdict_on_task(name: str, namespace: Mapping[str, Any]) -> Verdict:
    # Imported here: pytest takes half a second, and a notebook that only imports `check` should not wait for it.
    from dlfb_lab._host import DirectTransport, Host
    from dlfb_lab._judge import judge
    from dlfb_lab._verdict import lint_of, most_telling

    transport = DirectTransport(Host(namespace))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = judge([checks_file(catalog()[name].lab)], list(catalog()), transport, only=[name])
    if not results:
        return Verdict(name, (), message=f"{name}: there are no checks for this task yet.")
    lines = tuple(Line(result.sentence, result.outcome) for result in results)
    return Verdict(name, lines, most_telling(results, lint_of(transport, name)), _fault(results))


def _fault(results: Any) -> str:
    notes = [result.note for result in results if result.note]
    return f"Our own check broke, which is no fault of yours. Please report it: {notes[0][:300]}" if notes else ""


def _task_name(answer: Any, namespace: Mapping[str, Any]) -> tuple[str, str]:
    """The name of the task that `answer` is about, and, where it cannot be told, a sentence to say instead."""
    if type(answer) is str and (answer in catalog() or not _names_of(answer, namespace)):
        return answer, "" if answer in catalog() else _unknown(answer)
    names = _names_of(answer, namespace)
    if len(names) == 1:
        return names[0], ""
    if names:
        return "", f'Several tasks have this very value. Say which one you mean: check("{names[0]}").'
    return "", 'No task is bound to this object. Call check with the name of a task, as in check("kmer_counts").'


def _names_of(answer: Any, namespace: Mapping[str, Any]) -> list[str]:
    return [name for name in catalog() if name in namespace and namespace[name] is answer]


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, catalog(), 1)
    hint = f" Did you mean `{close[0]}`?" if close else f" The tasks are: {', '.join(catalog())}."
    return f"No task is called `{name}`.{hint}"


def _show(verdict: Verdict) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        _print(verdict)
        return
    if get_ipython() is None:
        _print(verdict)
    else:
        display(verdict)


def _print(verdict: Verdict) -> None:
    """On Windows, what is not a console may know few signs; each mark has its word beside it anyway."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(str(verdict).encode(encoding, "replace").decode(encoding))
