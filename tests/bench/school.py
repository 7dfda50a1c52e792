"""The class that is graded: six students a lab, with right, wrong and untouched answers in whole exercise notebooks.

Every answer is one that the tests have anyway: the course's own, and those in `tests/right` and `tests/wrong`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.course import Course, Lab
from autograder.percent import read_cells

TESTS = Path(__file__).parents[1]
Notebook = dict[str, Any]


def students(lab: Lab) -> dict[str, dict[str, str]]:
    """Student -> task -> the text of the answer cell. A task that is left out is untouched."""
    own, tasks = reference_texts(lab), [task.name for task in lab.tasks]
    right, wrong = _samples("right", lab), _samples("wrong", lab)
    return {
        "as_the_course": own,
        "in_another_style": {task: right[task][-1] for task in tasks},
        "untouched": {},
        "wrong": {task: wrong[task][0] for task in tasks},
        "wrong_otherwise": {task: wrong[task][-1] for task in tasks},
        "half_done": {tasks[0]: own[tasks[0]], tasks[1]: wrong[tasks[1]][1]},
    }


def reference_texts(lab: Lab) -> dict[str, str]:
    """Task -> the course's own answer cell, solution markers and all."""
    return {cell.task: cell.text for cell in read_cells(lab.source) if cell.role == "answer"}


def exercise(course: Course, lab: Lab) -> Notebook:
    """The lab's notebook as students open it."""
    notebook: Notebook = json.loads((course.root / "exercises" / f"{lab.name}.ipynb").read_text("utf-8"))
    return notebook


def filled_in(notebook: Notebook, answers: Mapping[str, str]) -> Notebook:
    """The notebook with `answers` written into its answer cells."""
    texts = {f"{task}-answer": text for task, text in answers.items()}
    cells = [{**cell, "source": texts.get(cell["id"], cell["source"])} for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def write_class(course: Course, folder: Path) -> list[Path]:
    """Write `folder/<student>/<lab>.ipynb` for the whole class; the files."""
    files = []
    for lab in course.labs:
        for student, answers in students(lab).items():
            file = folder / student / f"{lab.name}.ipynb"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(filled_in(exercise(course, lab), answers)), "utf-8")
            files.append(file)
    return files


def _samples(kind: str, lab: Lab) -> dict[str, list[str]]:
    folder = TESTS / kind / lab.name
    return {
        task.name: [file.read_text("utf-8") for file in sorted(folder.glob(f"{task.name}__*.py"))] for task in lab.tasks
    }
