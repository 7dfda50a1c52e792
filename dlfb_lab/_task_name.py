"""Which task a student means: by its name, or by the answer itself."""

import difflib
from collections.abc import Mapping
from typing import Any

from dlfb_lab._catalog import catalog


def task_name(answer: Any, namespace: Mapping[str, Any], call: str) -> tuple[str, str]:
    """The name of the task that `answer` is about, and, where it cannot be told, a sentence to say instead.

    Args:
        answer: a task's name, or the object that a task's name is bound to.
        namespace: the names of the notebook.
        call: the function that was called, for the sentence: "check".
    """
    if type(answer) is str and (answer in catalog() or not _names_of(answer, namespace)):
        return answer, "" if answer in catalog() else unknown_task(answer)
    names = _names_of(answer, namespace)
    if len(names) == 1:
        return names[0], ""
    if names:
        return "", f'Several tasks have this very value. Say which one you mean: {call}("{names[0]}").'
    return "", f'No task is bound to this object. Call {call} with the name of a task, as in {call}("kmer_counts").'


def unknown_task(name: str) -> str:
    """The sentence about a name that no task has."""
    close = difflib.get_close_matches(name, catalog(), 1)
    hint = f" Did you mean `{close[0]}`?" if close else f" The tasks are: {', '.join(catalog())}."
    return f"No task is called `{name}`.{hint}"


def _names_of(answer: Any, namespace: Mapping[str, Any]) -> list[str]:
    return [name for name in catalog() if name in namespace and namespace[name] is answer]
