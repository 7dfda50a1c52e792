"""`lab reset`: puts a task's starter back into the saved notebook, and never loses what stood there.

First a copy of the whole file is made. Only when that is safely on disk is the notebook replaced, at one stroke. The
file's other bytes stay as they are.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dlfb_lab._catalog import CatalogTask, catalog
from dlfb_lab._folder import make_kept_folder
from dlfb_lab._lab.errors import LabError, WrongInput
from dlfb_lab._lab.notebooks import SavedNotebook, bound_names, needed_notebook, read_notebook, shown, source_of
from dlfb_lab._lab.splice import with_cell, with_source


@dataclass(frozen=True)
class Plan:
    """What a reset would do.

    Attributes:
        task: the task.
        notebook: its lab's notebook.
        text: what the file would hold then; "" where it is that already.
        question: what to ask before it is done; "" where that needs no question.
        done: the sentence to say after it was done.
        others: other code cells that bind the name, by number.
    """

    task: CatalogTask
    notebook: SavedNotebook
    text: str
    question: str
    done: str
    others: tuple[int, ...] = ()

    def carry_out(self) -> Iterator[str]:
        """Do it, and say what was done.

        Raises:
            LabError: it could not be done, and nothing was changed.
        """
        if not self.text:
            yield self.done
            return
        kept = back_up(self.notebook.path)
        replace_file(self.notebook, self.text)
        yield self.done
        if self.others:
            cells = ", ".join(map(str, self.others))
            yield f"! Code cell {cells} binds `{self.task.name}`, too. Of several, what runs last counts."
        yield f"What stood there is in {shown(kept)}."
        yield "If the notebook is open in your editor, load it again from disk first: to save it there would undo this."


def plan_reset(task: CatalogTask) -> Plan:
    """What resetting `task` would do.

    Raises:
        WrongInput: there is no notebook that can be read, or the answer shares its cell with that of another task.
    """
    notebook = read_notebook(needed_notebook(task.lab))
    binders = [number for number, cell in enumerate(notebook.cells) if _binds(cell, task.name)]
    named = [number for number, cell in enumerate(notebook.cells) if cell.get("id") == f"{task.name}-answer"]
    named = [number for number in named if notebook.cells[number]["cell_type"] == "code"]
    if not named and not binders:
        return _added(task, notebook)
    cell = (named or binders)[-1]
    others = tuple(_code_number(notebook, number) for number in binders if number != cell)
    return _replaced(task, notebook, cell, others)


def _replaced(task: CatalogTask, notebook: SavedNotebook, cell: int, others: tuple[int, ...]) -> Plan:
    source, number = source_of(notebook.cells[cell]), _code_number(notebook, cell)
    shared = sorted((bound_names(source) & set(catalog())) - {task.name})
    if shared:
        raise WrongInput(
            f"Code cell {number} of {shown(notebook.path)} holds `{', '.join(shared)}` beside `{task.name}`. "
            "Move that to a cell of its own, save, and reset again."
        )
    if source.strip() == task.starter.strip():
        already = f"Code cell {number} of {shown(notebook.path)} holds the starter of {task.name} already."
        return Plan(task, notebook, "", "", already)
    text = with_source(notebook.text, cell, task.starter)
    return Plan(task, notebook, text, "", f"The starter of {task.name} is back in code cell {number}.", others)


def _added(task: CatalogTask, notebook: SavedNotebook) -> Plan:
    cells = notebook.cells
    after = next((n for n, cell in enumerate(cells) if cell.get("id") == f"{task.name}-task"), len(cells) - 1)
    cell: dict[str, object] = {"cell_type": "code", "execution_count": None}
    minor = notebook.root.get("nbformat_minor")
    if isinstance(minor, int) and minor >= 5:  # older notebooks know no ids
        cell["id"] = f"{task.name}-answer"
    cell |= {"metadata": {}, "outputs": [], "source": task.starter.splitlines(keepends=True)}
    place = "below its text" if after < len(cells) - 1 else "at the end"
    question = f"No cell of {shown(notebook.path)} binds `{task.name}`. Add one with the starter, {place}?"
    done = f"A cell with the starter of {task.name} was added {place}."
    return Plan(task, notebook, with_cell(notebook.text, after, cell), question, done)


def back_up(original: Path) -> Path:
    """A copy of a file under `.dlfb_lab/backups`.

    Raises:
        LabError: it could not be written.
    """
    moment = time.strftime("%Y%m%d-%H%M%S")
    try:
        folder = make_kept_folder() / "backups"
        folder.mkdir(exist_ok=True)
        path = folder / f"{original.stem}-{moment}{original.suffix}"
        while path.exists():
            path = folder / f"{original.stem}-{moment}-{secrets.token_hex(2)}{original.suffix}"
        write_to_disk(path, original.read_bytes())
    except OSError as error:
        raise LabError(
            f"No backup could be written ({_why(error)}), so nothing was changed. Mend this first."
        ) from error
    return path


def replace_file(notebook: SavedNotebook, text: str) -> None:
    """Let the notebook's file hold `text`, at one stroke.

    Raises:
        LabError: it could not be written, or somebody else has changed it in the meantime. Nothing was changed.
    """
    path = notebook.path.resolve()  # a link stays one
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        json.loads(text.removeprefix("\ufeff"))
        write_to_disk(draft, text.encode())
        shutil.copymode(path, draft)
        if path.read_bytes() != notebook.text.encode():
            raise LabError(
                f"{shown(notebook.path)} was saved just now by something else. Nothing was changed; try again."
            )
        draft.replace(path)
    except OSError as error:
        raise LabError(f"{shown(notebook.path)} cannot be written ({_why(error)}). Nothing was changed.") from error
    finally:
        draft.unlink(missing_ok=True)


def write_to_disk(path: Path, data: bytes) -> None:
    """Write a new file, and return when it is on the disk. Raises OSError."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _binds(cell: dict[str, object], name: str) -> bool:
    return cell["cell_type"] == "code" and name in bound_names(source_of(cell))


def _code_number(notebook: SavedNotebook, cell: int) -> int:
    return sum(one["cell_type"] == "code" for one in notebook.cells[: cell + 1])


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
