"""A lab's source, `solutions/<lab>.py`, -> its cells, each with the role its header gives it.

The source is percent-format Python, so it is a plain script too. The marker language is four header words, each naming
a task, and one pair of lines inside an answer cell:

    # %% [markdown] task="kmer_counts" points=2 difficulty=2 minutes=6
    # %% [markdown] hint="kmer_counts"          (three of them)
    # %% answer="kmer_counts"                   (# BEGIN SOLUTION and # END SOLUTION around what the student writes)
    # %% check="kmer_counts"

It does not grow: whatever else a header says is an error.
"""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import CourseError as CourseError

ROLES = ("task", "hint", "answer", "check")
TASK_WORDS = ("points", "difficulty", "minutes")
# What jupytext notes for its own round trip. It is no part of the header.
_JUPYTEXT_NOTES = frozenset({"lines_to_next_cell", "lines_to_end_of_cell_marker"})
_HEADER = re.compile(r"# %%(\s|$)")


@dataclass(frozen=True)
class Cell:
    """One cell of a lab's source.

    Attributes:
        source: the file it stands in.
        line: the line of its header, counted from 1.
        kind: "markdown" or "code".
        text: its content, without comment signs if it is markdown.
        role: "task", "hint", "answer", "check", or "" for a cell that belongs to no task.
        task: the task its header names; "" without a role.
        numbers: points, difficulty and minutes, in a task's cell.
    """

    source: Path
    line: int
    kind: str
    text: str
    role: str
    task: str
    numbers: dict[str, float]

    def problem(self, what: str) -> CourseError:
        """The error that says `what` of this cell, with its place."""
        return CourseError(f"{self.source}, line {self.line}: {what}")


def read_cells(source: Path) -> tuple[Cell, ...]:
    """The cells of a lab's source, in order.

    Raises:
        CourseError: the file cannot be read, or a header says something that is not in the marker language.
    """
    import jupytext  # type: ignore[import-untyped] # here, for it takes a while, and only courses that are read need it
    from nbformat.warnings import DuplicateCellId

    try:
        text = source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{source}: cannot be read ({error}). Save it as UTF-8 text and check its rights.") from error
    with warnings.catch_warnings():
        # Each cell is given a random id, which nobody looks at. Once in many reads two are the same.
        warnings.simplefilter("ignore", DuplicateCellId)
        nodes = jupytext.reads(text, fmt="py:percent").cells
    headers = [number for number, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    # Text before the first header is a cell of its own, which starts on line 1.
    lines = [1] * (len(nodes) - len(headers)) + headers
    return tuple(_cell(source, line, node) for line, node in zip(lines, nodes, strict=True))


def _cell(source: Path, line: int, node: Any) -> Cell:
    header = {word: value for word, value in node.metadata.items() if word not in _JUPYTEXT_NOTES}
    roles = [word for word in header if word in ROLES]
    role = roles[0] if len(roles) == 1 else ""
    numbers = {word: value for word, value in header.items() if word in TASK_WORDS}
    cell = Cell(source, line, node.cell_type, node.source, role, str(header.get(role, "")), numbers)
    if len(roles) > 1:
        raise cell.problem(f"the header has both {roles[0]} and {roles[1]}. Keep one: a cell has one role.")
    _refuse_unknown_words(cell, header)
    _refuse_wrong_kind(cell)
    return cell


def _refuse_unknown_words(cell: Cell, header: dict[str, Any]) -> None:
    allowed = {cell.role, *TASK_WORDS} if cell.role == "task" else {cell.role}
    unknown = [word for word in header if word not in allowed]
    if not unknown:
        return
    word = unknown[0]
    if word in TASK_WORDS:
        raise cell.problem(f"`{word}` stands in a header without task=. Move it to the task's own cell.")
    shown = f"{header[word]!r}" if word in ("title", "incorrectly_encoded_metadata") else f"`{word}`"
    raise cell.problem(
        f"the header has {shown}, which is no header word. Known are task, hint, answer and check, each with a task's "
        "name, and points, difficulty and minutes beside task."
    )


def _refuse_wrong_kind(cell: Cell) -> None:
    if cell.kind not in ("markdown", "code"):
        raise cell.problem(f"a {cell.kind} cell. Only code cells and [markdown] cells can stand in a lab.")
    needed = {"task": "markdown", "hint": "markdown", "answer": "code", "check": "code"}.get(cell.role, cell.kind)
    if cell.kind != needed:
        sign = "# %% [markdown]" if needed == "markdown" else "# %%"
        raise cell.problem(f"{cell.role}={cell.task!r} stands on a {cell.kind} cell. Begin its header with `{sign}`.")
