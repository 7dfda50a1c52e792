"""What a student handed in -> the notebook that nbgrader's formgrader and feedback show, with the grade cells in it.

nbgrader finds a cell's grade by metadata that students lose by copying and pasting. So each cell is looked for anew:
by nbgrader's name, by our id, then by what stands in it. The student's text stays as it is, and their outputs are left
out. A check cell shows our verdict instead. What is not found is added, so that no grade is without its cell.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.nbgrader.cells import GradedCell, answer_name, check_name
from autograder.notebook_file import AnyCell

Json = dict[str, Any]
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_LONGEST = 100_000  # characters of a cell: more is no answer, and nbgrader's pages stay quick
_MISSING = "This cell was not found in what was handed in."


def graded_notebook(
    cells: Sequence[AnyCell], graded: Sequence[GradedCell], verdicts: Mapping[str, str], kernelspec: Json
) -> str:
    """The text of the notebook's file.

    Args:
        cells: those that were handed in.
        graded: those that the gradebook knows.
        verdicts: what to say of a task, by its name.
        kernelspec: that of the lab.
    """
    places = _places(cells, graded, list(verdicts))
    names = {place: cell for cell, place in places.items()}
    made = [_made(cell, names.get(place), verdicts) for place, cell in enumerate(cells)]
    for cell in graded:
        if cell not in places:
            _insert_missing(made, cell, verdicts)
    _give_ids(made)
    metadata = {"kernelspec": kernelspec, "language_info": {"name": "python"}}
    notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _places(cells: Sequence[AnyCell], graded: Sequence[GradedCell], tasks: Sequence[str]) -> dict[GradedCell, int]:
    """Where each graded cell is. Two never share a place, and of two that claim one name the first has it."""
    found: dict[GradedCell, int] = {}
    for rank in (0, 1):  # nbgrader's name says more than an id
        for place, cell in enumerate(cells):
            for one in graded:
                claims = len(cell.names) > rank and cell.names[rank] == one.name and cell.kind == one.cell_type
                if claims and one not in found and place not in found.values():
                    found[one] = place
    for one in graded:
        patterns = [pattern for task in tasks if (pattern := _text_of(one, task))]
        if one not in found and patterns:
            free = [place for place, cell in enumerate(cells) if cell.kind == "code" and place not in found.values()]
            fitting = [place for place in free if re.search(patterns[0], cells[place].source, re.MULTILINE)]
            if fitting:
                found[one] = fitting[-1]  # what is written last is what holds
    return found


def _text_of(cell: GradedCell, task: str) -> str:
    """What stands in the cell if it is one of the task's; "" if it is not."""
    name = re.escape(task)
    if cell.name == answer_name(task):
        return rf"^(?:(?:async\s+)?def|class)\s+{name}\b|^{name}\s*(?::[^=\n]*)?=(?!=)"
    return rf"\bcheck\(\s*[\"']?{name}\b" if cell.name == check_name(task) else ""


def _made(cell: AnyCell, graded: GradedCell | None, verdicts: Mapping[str, str]) -> Json:
    metadata = {} if graded is None else {"nbgrader": graded.metadata()}
    made: Json = {"cell_type": cell.kind, "metadata": metadata, "source": cell.source[:_LONGEST]}
    if graded is not None:
        made["id"] = graded.name
    return made | {"execution_count": None, "outputs": _outputs(graded, verdicts)} if cell.kind == "code" else made


def _outputs(graded: GradedCell | None, verdicts: Mapping[str, str]) -> list[Json]:
    said = next((text for task, text in verdicts.items() if graded and graded.name == check_name(task)), "")
    return [{"output_type": "display_data", "data": {"text/plain": said}, "metadata": {}}] if said else []


def _insert_missing(made: list[Json], graded: GradedCell, verdicts: Mapping[str, str]) -> None:
    """Add a cell that was not found: a check below its answer, anything else at the end."""
    comment = f"# {_MISSING}" if graded.cell_type == "code" else f"*{_MISSING}*"
    cell = _made(AnyCell(graded.cell_type, comment), graded, verdicts)
    answer = answer_name(graded.name.removesuffix("-check"))
    below = [place for place, other in enumerate(made, 1) if other.get("id") == answer]
    made.insert(below[0] if below else len(made), cell)


def _give_ids(made: list[Json]) -> None:
    """An id for each cell, none of them a student's: those may be the same, or anything."""
    taken: set[str] = set()
    for number, cell in enumerate(made, 1):
        name = str(cell.get("id", ""))
        cell["id"] = name if _NAME.fullmatch(name) and name not in taken else f"cell-{number}"
        taken.add(cell["id"])
