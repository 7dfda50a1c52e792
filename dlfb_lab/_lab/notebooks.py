"""The saved notebooks: where they are, and what is in them. Read as JSON, never run here."""

import ast
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlfb_lab._catalog import labs
from dlfb_lab._folder import student_folder, upward
from dlfb_lab._lab.errors import WrongInput

_SAVE = "Open it in your editor, and save it again."
_BINDS = re.compile(r"(?m)^(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]*)?=(?!=))")


@dataclass(frozen=True)
class SavedNotebook:
    """A notebook's file, read.

    Attributes:
        path: the file.
        text: its text.
        root: its JSON.
        saved: when it was written, in seconds since 1970.
    """

    path: Path
    text: str
    root: dict[str, Any]
    saved: float

    @property
    def cells(self) -> list[dict[str, Any]]:
        """All cells, in order."""
        return list(self.root["cells"])

    @property
    def code_cells(self) -> list[str]:
        """The sources of the code cells, in order."""
        return [source_of(cell) for cell in self.cells if cell["cell_type"] == "code"]

    @property
    def lab(self) -> str:
        """The lab that its metadata name; "" where they name none."""
        return str(self._note("lab"))

    @property
    def stamp(self) -> str:
        """The release that its metadata name; "" where they name none."""
        return str(self._note("stamp"))

    @property
    def kernel(self) -> str:
        """The kernel that its metadata name; "" where they name none."""
        found = _dict(_dict(self.root.get("metadata")).get("kernelspec")).get("name")
        return found if isinstance(found, str) else ""

    def _note(self, name: str) -> str:
        found = _dict(_dict(self.root.get("metadata")).get("dlfb_lab")).get(name)
        return found if isinstance(found, str) else ""


def find_notebook(lab: str) -> Path | None:
    """The saved notebook of `lab`: here, in the student's folder or its `exercises`; None where there is none."""
    home = student_folder()
    places = [upward()[0], home / "exercises", home]
    return next((path for place in places if (path := place / f"{lab}.ipynb").is_file()), None)


def needed_notebook(lab: str) -> Path:
    """The same.

    Raises:
        WrongInput: there is none.
    """
    path = find_notebook(lab)
    if path is None:
        raise WrongInput(
            f"There is no notebook {lab}.ipynb in {student_folder()}, nor in its folder exercises. "
            "Change to the folder that holds your notebooks."
        )
    return path


def found_notebooks() -> dict[str, Path]:
    """The notebook of each lab that has one here."""
    return {lab: path for lab in labs() if (path := find_notebook(lab)) is not None}


def read_notebook(path: Path) -> SavedNotebook:
    """The notebook in a file.

    Raises:
        WrongInput: it cannot be read, or is no notebook of the format that editors write today.
    """
    try:
        saved, data = path.stat().st_mtime, path.read_bytes()
        text = data.decode("utf-8")
        root = json.loads(text.removeprefix("\ufeff"))
    except (OSError, ValueError, RecursionError) as error:
        raise WrongInput(f"{shown(path)} cannot be read as a notebook ({_reason(error, path)}). {_SAVE}") from error
    cells = root.get("cells") if isinstance(root, dict) else None
    if not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        raise WrongInput(f"{shown(path)} is JSON, but not a notebook of format 4. {_SAVE}")
    return SavedNotebook(path, text, root, saved)


def source_of(cell: dict[str, Any]) -> str:
    """A cell's text."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def bound_names(source: str) -> set[str]:
    """The names that a cell's top level binds. Where it is no Python, such as with magics: what its lines look like."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {name for found in _BINDS.findall(source) for name in found if name}
    names = set()
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(statement.name)
        else:
            stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            names |= {node.id for node in stored if isinstance(node.ctx, ast.Store)}
    return names


def shown(path: Path) -> str:
    """`path` as a student knows it: from where they are."""
    here = upward()[0]
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def clock(moment: float) -> str:
    """A moment for people: "at 10:32", with the day where that is not today."""
    then = time.localtime(moment)
    today = then[:3] == time.localtime()[:3]
    return time.strftime("at %H:%M" if today else "on %Y-%m-%d at %H:%M", then)


def _is_cell(cell: object) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    source = cell.get("source")
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _reason(error: Exception, path: Path) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if not path.stat().st_size:
        return "it is empty"
    place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "its bytes"
    return f"{type(error).__name__}, {place}"


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
