"""The graded notebook that nbgrader shows: each grade finds its cell, whatever a student did to the notebook."""

import json

import nbformat
import pytest
from nbgrader_samples import report, small_course

from autograder.nbgrader.cells import GradedCell, graded_cells
from autograder.nbgrader.graded_notebook import graded_notebook
from autograder.nbgrader.sayings import verdicts
from autograder.notebook_file import read_all_cells
from autograder.percent import read_cells
from autograder.report.record import TaskReport
from dlfb_lab._outcome import Outcome

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
ANSWER = "def gc_count(sequence):\n    return 0"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    lab = small_course(tmp_path_factory.mktemp("small")).labs[0]
    return graded_cells(lab.tasks, read_cells(lab.source))


def code(source, *, name="", grade_id=""):
    metadata = {"nbgrader": {"grade_id": grade_id, "points": 99}} if grade_id else {}
    output = {"output_type": "stream", "name": "stdout", "text": "their own output"}
    cell = {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [output], "execution_count": 3}
    return {**cell, "id": name} if name else cell


def made(graded, *cells):
    data = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    said = verdicts(report("ada", gc=1.33))
    text = graded_notebook(read_all_cells(json.dumps(data).encode()), graded, said, KERNEL)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    return notebook.cells


def sources(graded, cells):
    """The text of each graded cell, by name; each is there once."""
    found = [(cell.metadata.nbgrader.grade_id, cell.source) for cell in cells if "nbgrader" in cell.metadata]
    assert sorted(name for name, _ in found) == sorted(cell.name for cell in graded)
    return dict(found)


def test_cells_are_found_by_nbgraders_name_by_id_and_by_what_stands_in_them(graded):
    cells = made(
        graded,
        code("n_bases = 4", grade_id="n_bases-answer"),
        code("check('n_bases')", name="n_bases-check"),
        code(ANSWER),
        code("check(gc_count)  # again"),
    )
    assert sources(graded, cells) == {
        "n_bases-answer": "n_bases = 4",
        "n_bases-check": "check('n_bases')",
        "gc_count-answer": ANSWER,
        "gc_count-check": "check(gc_count)  # again",
    }
    assert len(cells) == 4


def test_of_two_answers_the_last_is_the_answer(graded):
    cells = made(graded, code("gc_count = None"), code(ANSWER))
    assert sources(graded, cells)["gc_count-answer"] == ANSWER


def test_what_is_missing_is_added_a_check_below_its_answer(graded):
    cells = made(graded, code(ANSWER), code("1 + 1"))
    assert [cell.id for cell in cells] == [
        "gc_count-answer",
        "gc_count-check",
        "cell-3",
        "n_bases-answer",
        "n_bases-check",
    ]
    assert cells[1].source == "# This cell was not found in what was handed in."


def test_doubled_names_and_ids_are_each_used_once(graded):
    twice = [code(ANSWER, name="same", grade_id="gc_count-answer"), code("x = 1", name="same")]
    cells = made(graded, *twice, code("y = 1", name="y", grade_id="gc_count-answer"))
    assert sources(graded, cells)["gc_count-answer"] == ANSWER
    assert len({cell.id for cell in cells}) == len(cells)


def test_outputs_are_the_verdicts_alone(graded):
    cells = made(graded, code(ANSWER), code("print('x' * 10**6)"), code('check("gc_count")'))
    outputs = {cell.id: cell.outputs for cell in cells if cell.cell_type == "code"}
    assert outputs["gc_count-answer"] == outputs["cell-2"] == []
    (output,) = outputs["gc_count-check"]
    said = output.data["text/plain"]
    assert "✗ does not hold  It holds elsewhere." in said
    assert said.endswith("Points: 1.33 of 2")
    assert "It saw" not in said, "what a hidden check saw stays hidden"


def test_points_are_ours_whatever_the_notebook_says(graded):
    cells = made(graded, code('check("gc_count")', grade_id="gc_count-check"))
    about = next(cell.metadata.nbgrader for cell in cells if cell.id == "gc_count-check")
    assert (about.points, about.grade, about.solution, about.schema_version) == (2.0, True, False, 3)


def test_a_free_text_answer_keeps_its_cell(graded):
    why = GradedCell("why", True, True, False, "markdown", 3.0, "YOUR ANSWER HERE")
    text = {"cell_type": "markdown", "id": "a", "metadata": {"nbgrader": {"grade_id": "why"}}, "source": "Because."}
    cells = made([*graded, why], text)
    assert (cells[0].source, cells[0].metadata.nbgrader.points) == ("Because.", 3.0)
    assert cells[0].metadata.nbgrader.solution
    added = made([*graded, why])[-1]
    assert (added.cell_type, added.source) == ("markdown", "*This cell was not found in what was handed in.*")


def test_why_nothing_could_be_graded_stands_in_the_check():
    lost = report("ada", tasks=(TaskReport("n_bases", "n_bases", Outcome.NOT_RUN, 0.0, 1.0),), problem="It is a PDF.")
    assert verdicts(lost) == {"n_bases": "n_bases: It is a PDF.\n\nPoints: 0 of 1"}
