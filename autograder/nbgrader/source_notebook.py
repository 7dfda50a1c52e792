"""A lab -> the notebook that an instructor has of it in nbgrader: answers, hidden tests, and what nbgrader must know.

It is the exercise with other answer and check cells, so what nbgrader releases is the exercise. Cells that a person
grades (free text, say) are made with nbgrader's own toolbar; a notebook that is written anew keeps them in place.
"""

import json
from typing import Any

from autograder.build import build_lab
from autograder.course import Course, CourseError, Lab
from autograder.nbgrader.cells import GradedCell, answer_name, graded_cells
from autograder.percent import read_cells

Json = dict[str, Any]


def source_notebook(course: Course, lab: Lab, before: str = "") -> str:
    """The text of the notebook file.

    Args:
        course: the course of the lab.
        lab: the lab.
        before: the notebook that stands in its place already; "" for none. Its manually graded cells are kept.

    Raises:
        CourseError: `before` is no notebook, so what is in it cannot be kept.
    """
    notebook = json.loads(build_lab(lab, course.install))
    source = read_cells(lab.source)
    graded = {cell.name: cell for cell in graded_cells(lab.tasks, source)}
    answers = {answer_name(cell.task): cell.text for cell in source if cell.role == "answer"}
    cells = [_with_metadata(cell, graded.get(cell["id"]), answers) for cell in notebook["cells"]]
    notebook["cells"] = _with_kept(cells, manual_cells(before))
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def manual_cells(text: str) -> list[tuple[str, Json]]:
    """The cells of a notebook that a person grades, each with the id of the cell before it ("" for none).

    Args:
        text: the notebook's file; "" for none.

    Raises:
        CourseError: it is no notebook.
    """
    found, above = [], ""
    for cell in _cells_of(text):
        about = cell.get("metadata", {}).get("nbgrader", {})
        if about.get("task") or (about.get("grade") and about.get("solution")):
            found.append((above, cell))
        above = str(cell.get("id", above))
    return found


def _cells_of(text: str) -> list[Json]:
    try:
        cells = json.loads(text)["cells"] if text else []
        if all(isinstance(cell["metadata"], dict) for cell in cells):
            return list(cells)
    except (ValueError, KeyError, TypeError):
        pass
    raise CourseError("the notebook there is none (no list of cells), so nothing in it can be kept. Move it away.")


def _with_metadata(cell: Json, graded: GradedCell | None, answers: dict[str, str]) -> Json:
    """The cell as the instructor's notebook has it. An answer's stub goes along, for it is what students get."""
    if graded is None:
        return cell
    metadata: Json = {"nbgrader": graded.metadata()}
    if graded.solution:
        metadata["dlfb_lab"] = {"stub": graded.source}
    return {**cell, "source": answers.get(graded.name, graded.source), "metadata": metadata}


def _with_kept(cells: list[Json], kept: list[tuple[str, Json]]) -> list[Json]:
    """`cells` with the kept ones behind those that they stood behind; at the end where those are gone."""
    for above, cell in kept:
        places = [place for place, other in enumerate(cells, 1) if other["id"] == above]
        cells.insert(places[0] if places else 0 if not above else len(cells), cell)
    return cells
