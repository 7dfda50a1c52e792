"""A course's sources -> what students open: `exercises/<lab>.ipynb`, and the index `catalog.json`.

The same sources always give the same bytes: no outputs, no timestamps, and every cell has a name instead of a random
id, so that one changed word is a change of one line. Nothing in grading depends on these ids.
"""

import contextlib
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import Course, CourseError, Lab, Task
from autograder.percent import Cell, read_cells
from autograder.stub import stub_of

# The first cell of each notebook. It may say `%pip`: nothing but a notebook ever runs it.
_SETUP = """\
# Setup. On Google Colab this installs what the lab needs. Anywhere else it does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install --quiet "{install}"
"""
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (dlfb-lab)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def build_course(course: Course, write: bool) -> list[str]:
    """Compare what is built with what its sources say, and, with `write`, rebuild it.

    Returns:
        One sentence for each built file that is missing, is not what its source gives, or has no source. With `write`
        the first two kinds are built, and their sentences say so.

    Raises:
        CourseError: a source breaks a rule, or a built file cannot be written.
    """
    wanted = {course.home / "exercises" / f"{lab.name}.ipynb": build_lab(lab, course.install) for lab in course.labs}
    wanted[catalog_path(course)] = build_catalog(course)
    differences = {path: _difference(path, text) for path, text in wanted.items()}
    if write:
        differences = {path: _write(path, wanted[path]) for path, found in differences.items() if found}
    orphans = sorted(set((course.home / "exercises").glob("*.ipynb")) - set(wanted))
    return [found for found in differences.values() if found] + [
        f"{path}: no lab of this course is built to it. Delete it, or restore its source." for path in orphans
    ]


def build_lab(lab: Lab, install: str) -> str:
    """The exercise notebook of a lab, as the text of its file.

    Args:
        lab: the lab.
        install: what its first cell gives to pip on Google Colab.

    Raises:
        CourseError: its source breaks a rule of the marker language.
    """
    setup = Cell(lab.source, 0, "code", _SETUP.format(install=install).rstrip("\n"), "", "", {})
    cells = [_notebook_cell(setup, f"{lab.name}-setup"), *_cells(lab)]
    metadata = {**_METADATA, "dlfb_lab": {"lab": lab.name, "stamp": stamp_of(lab)}}
    notebook = nbformat.from_dict(  # type: ignore[no-untyped-call]
        {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    )
    nbformat.validate(notebook)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return str(text).rstrip("\n") + "\n"


def stamp_of(lab: Lab) -> str:
    """A short digest of the lab's notebook: tells whether a notebook and a package are of one release."""
    text = json.dumps([[cell["id"], cell["source"]] for cell in _cells(lab)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _cells(lab: Lab) -> list[dict[str, Any]]:
    """The notebook's cells as its source gives them, without hints."""
    cells: list[dict[str, Any]] = []
    prose = 0
    for cell in read_cells(lab.source):
        if cell.role != "hint":
            prose += not cell.role
            cells.append(_notebook_cell(cell, f"{cell.task}-{cell.role}" if cell.role else f"{lab.name}-{prose:02}"))
    return cells


def build_catalog(course: Course) -> str:
    """The index of labs and tasks that a student's tools read, as the text of `catalog.json`. It holds no answer."""
    labs = [
        {
            "name": lab.name,
            "title": lab.title,
            "stamp": stamp_of(lab),
            "tasks": [_catalog_entry(task) for task in lab.tasks],
        }
        for lab in course.labs
    ]
    return json.dumps({"title": course.title, "labs": labs}, indent=1, ensure_ascii=False) + "\n"


def catalog_path(course: Course) -> Path:
    """Where the course's catalog stands: in the package where the course's folder holds it, else beside `exercises`."""
    package = course.home / "dlfb_lab"
    return (package if package.is_dir() else course.home) / "catalog.json"


def _catalog_entry(task: Task) -> dict[str, Any]:
    entry = asdict(task)
    del entry["lab"]
    return entry


def _notebook_cell(cell: Cell, name: str) -> dict[str, Any]:
    text = stub_of(cell) if cell.role == "answer" else cell.text
    common = {"cell_type": cell.kind, "id": name, "metadata": {}, "source": text}
    return common if cell.kind == "markdown" else {**common, "execution_count": None, "outputs": []}


def _difference(path: Path, text: str) -> str:
    try:
        return (
            "" if path.read_bytes() == text.encode() else f"{path}: not what its source gives. Run `autograder build`."
        )
    except FileNotFoundError:
        return f"{path}: missing. Run `autograder build`."
    except OSError as error:
        raise CourseError(f"{path}: cannot be read ({error}). Correct its rights.") from error


def _write(path: Path, text: str) -> str:
    """Put `text` into `path` at one stroke, so that an interrupted build leaves no half of a notebook."""
    draft = path.with_name(path.name + ".draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(text.encode())
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise CourseError(f"{path}: cannot be written ({error}). Free some space, or correct its rights.") from error
    return f"{path}: built."
