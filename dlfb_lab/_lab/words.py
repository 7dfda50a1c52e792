"""What a student types for a lab or a task: `kmer_counts`, `02_immutability`, `02`, `immut`, or a notebook's file."""

import difflib
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from dlfb_lab._catalog import CatalogTask, catalog, labs
from dlfb_lab._lab.errors import WrongInput


def chosen_tasks(words: Sequence[str]) -> list[CatalogTask]:
    """The tasks that `words` name, each once, in the order of the labs. No word means all.

    Raises:
        WrongInput: a word names neither a task nor a lab, or several labs.
    """
    names = {name for word in words for name in _named(word)} if words else set(catalog())
    return [task for task in catalog().values() if task.name in names]


def chosen_labs(words: Sequence[str]) -> list[str]:
    """The labs of the tasks that `words` name. No word means all.

    Raises:
        WrongInput: see `chosen_tasks`.
    """
    return list(dict.fromkeys(task.lab for task in chosen_tasks(words)))


def one_task(word: str) -> CatalogTask:
    """The task called `word`.

    Raises:
        WrongInput: no task is called that, or it is a lab's name.
    """
    if word in catalog():
        return catalog()[word]
    found = _labs_like(word)
    if found:
        tasks = ", ".join(task.name for task in catalog().values() if task.lab == found[0])
        raise WrongInput(f"`{word}` is a lab. Name one of its tasks: {tasks}.")
    raise WrongInput(_unknown(word, catalog(), "task"))


def _named(word: str) -> Iterable[str]:
    if word in catalog():
        return [word]
    found = _labs_like(word)
    if len(found) > 1:
        raise WrongInput(f"`{word}` can mean {_either(found)}. Write more of it.")
    if not found:
        raise WrongInput(_unknown(word, [*catalog(), *labs()], "lab or task"))
    return [task.name for task in catalog().values() if task.lab == found[0]]


def _labs_like(word: str) -> list[str]:
    """The labs that `word` is the name of, or the number, or else a part of the name."""
    path = PurePath(word)
    plain = (path.stem if path.suffix == ".ipynb" else path.name).casefold().replace("-", "_")
    exact = [lab for lab in labs() if plain == lab.casefold()]
    numbered = [lab for lab in labs() if plain.isdecimal() and _number(lab) == int(plain)]
    return exact or numbered or [lab for lab in labs() if plain and not plain.isdecimal() and plain in lab.casefold()]


def _number(lab: str) -> int | None:
    number = lab.partition("_")[0]
    return int(number) if number.isdecimal() else None


def _unknown(word: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    close = difflib.get_close_matches(word.casefold(), [name.casefold() for name in names], 1)
    near = next((name for name in names if close and name.casefold() == close[0]), "")
    hint = f"Did you mean `{near}`?" if near else "`lab list` shows what there is."
    return f"No {what} is called `{word}`. {hint}"


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
