"""`lab submit`: one zip with the notebooks, as the grader expects them.

Only what could not be graded at all stops it. Wrong and missing answers are said, and handed in all the same.
"""

import re
import time
import zipfile
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from dlfb_lab._catalog import catalog, labs
from dlfb_lab._folder import student_folder
from dlfb_lab._lab.errors import LabError, WrongInput
from dlfb_lab._lab.notebooks import (
    SavedNotebook,
    bound_names,
    clock,
    found_notebooks,
    needed_notebook,
    read_notebook,
    shown,
)
from dlfb_lab._lab.saved import SavedCheck, check_saved, is_attempted, is_passed, newer_in_kernel
from dlfb_lab._lab.words import chosen_labs
from dlfb_lab._outcome import Outcome

# The limits of the grader; a test holds them equal.
MAX_BYTES = 10_000_000
MAX_CELLS = 5_000


def pack_up(words: Sequence[str], out: str | None, seconds: float) -> Generator[str, None, Path]:
    """Look at each notebook, run it, and write the zip; what to print on the way, and in the end its path.

    Args:
        words: which labs; none means all that have a notebook here.
        out: the zip's file, or a folder for it; None for a name with the time in it, in the student's folder.
        seconds: the time limit of a lab.

    Raises:
        WrongInput: a notebook could not be graded, or the zip may not be called so.
        LabError: the zip could not be written.
    """
    names = chosen_labs(words) if words else list(found_notebooks())
    if not names:
        raise WrongInput(f"There is no lab's notebook in {student_folder()}. Change to the folder that holds them.")
    target = _target(out)
    notebooks = {lab: _gradable(lab) for lab in names}
    for lab, notebook in notebooks.items():
        tasks = [task.name for task in catalog().values() if task.lab == lab]
        yield f"{lab}, as saved {clock(notebook.saved)}"
        warning = newer_in_kernel(notebook, tasks)
        if warning:
            yield f"! {warning}"
        yield from _outcomes(check_saved(notebook, tasks, seconds), tasks)
        yield ""
    size = write_zip(target, notebooks)
    count = f"{len(notebooks)} notebook{'s' if len(notebooks) > 1 else ''}"
    yield f"Written: {shown(target)} ({count}, {max(1, round(size / 1000))} kB). Hand in this file."
    return target


def write_zip(path: Path, notebooks: dict[str, SavedNotebook]) -> int:
    """Write the zip, of notebooks by lab. Returns its size in bytes.

    Raises:
        LabError: it could not be written, or something of that name has come to be.
    """
    made = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            made = True
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for lab, notebook in notebooks.items():
                    archive.writestr(f"{lab}.ipynb", notebook.text.encode())
        return path.stat().st_size
    except OSError as error:
        if made:
            path.unlink(missing_ok=True)
        raise LabError(
            f"{shown(path)} cannot be written ({error.strerror or error}). Choose a place with --out."
        ) from error


def _target(out: str | None) -> Path:
    default = f"submission-{time.strftime('%Y%m%d-%H%M%S')}"
    path = student_folder() / f"{default}.zip" if out is None else Path(out)
    if path.is_dir():
        path = path / f"{default}.zip"
    if path.suffix.lower() != ".zip":
        raise WrongInput(f"A submission is a zip, and {path.name} is not called so. Name it {path.name}.zip.")
    number = 2
    while out is None and path.exists():
        path, number = path.with_name(f"{default}-{number}.zip"), number + 1
    if path.exists():
        raise WrongInput(f"{path} is there already, and nothing is overwritten. Name another file with --out.")
    return path


def _gradable(lab: str) -> SavedNotebook:
    path = needed_notebook(lab)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise WrongInput(
            f"{shown(path)} has {size / 1e6:.1f} MB, and the grader reads at most {MAX_BYTES / 1e6:g} MB. "
            "Clear its outputs in your editor, and save it."
        )
    notebook = read_notebook(path)
    if len(notebook.cells) > MAX_CELLS:
        raise WrongInput(
            f"{shown(path)} has {len(notebook.cells)} cells; the grader reads at most {MAX_CELLS}. Remove some."
        )
    other = next((name for name in labs() if name.casefold() == notebook.lab.casefold()), lab)
    if other != lab:
        raise WrongInput(
            f"{shown(path)} is a copy of the lab {other}, and would be graded as that. Rename it to {other}.ipynb."
        )
    language = _language(notebook.root.get("metadata"))
    if language and not re.fullmatch(r"(i?python|pyodide|xpython)[\d.]*", language):
        raise WrongInput(
            f"{shown(path)} is written in {language!r}, not in Python. Choose a Python kernel, and save it."
        )
    return notebook


def _language(metadata: Any) -> str:
    found = metadata if isinstance(metadata, dict) else {}
    named = [found.get("kernelspec"), found.get("language_info")]
    words = [part.get(key) for part, key in zip(named, ("language", "name"), strict=True) if isinstance(part, dict)]
    return next((word.strip().lower() for word in words if isinstance(word, str) and word.strip()), "")


def _outcomes(result: SavedCheck, tasks: Sequence[str]) -> Iterator[str]:
    """A line a task, then what else there is to say."""
    verdicts = {verdict.task: verdict for verdict in result.verdicts}
    bound = {name for source in result.notebook.code_cells for name in bound_names(source)}
    width = max(map(len, tasks))
    for task in tasks:
        verdict = verdicts.get(task)
        if task not in bound:
            words = f"○ not attempted: no cell binds `{task}`"
        elif verdict is None:
            words = "! not checked"
        elif not is_attempted(verdict):
            words = "○ not attempted"
        else:
            held = sum(line.outcome is Outcome.PASSED for line in verdict.lines)
            words = f"{'✓' if is_passed(verdict) else '✗'} {held} of {len(verdict.lines)} visible checks hold"
        yield f"  {task:<{width}}  {words}"
    yield from (f"! {note}" for note in result.notes)
