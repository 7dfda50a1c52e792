"""The class that is graded: fifty notebooks of one lab, in the mix of a real class.

Who answers what stands in `fifty.json`: the course's own answer, one of `tests/right` or `tests/wrong`, or nothing.
It was drawn once, before anything was tuned, and is kept: of the 500 answers three fifths are right, most of them in
other styles than the course's, a fifth is wrong, and a fifth is untouched.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.course import Course, Lab
from autograder.percent import read_cells

LAB = "07_grad"
size = 50  # the first so many of the fifty; less for a quick look
TESTS = Path(__file__).parents[1]
FIFTY = Path(__file__).with_name("fifty.json")
Notebook = dict[str, Any]


def lab_of(course: Course) -> Lab:
    """The lab that the class hands in."""
    return next(lab for lab in course.labs if lab.name == LAB)


def students(lab: Lab) -> dict[str, dict[str, str]]:
    """Student -> task -> the text of the answer cell. A task that is left out is untouched."""
    own = reference_texts(lab)
    chosen: dict[str, dict[str, str]] = json.loads(FIFTY.read_text("utf-8"))
    return {
        student: {task: own[task] if name == "reference" else _sample(name, lab) for task, name in answers.items()}
        for student, answers in list(chosen.items())[:size]
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
    lab, files = lab_of(course), []
    for student, answers in students(lab).items():
        file = folder / student / f"{lab.name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(filled_in(exercise(course, lab), answers)), "utf-8")
        files.append(file)
    return files


def _sample(name: str, lab: Lab) -> str:
    kind, _, file = name.partition("/")
    return (TESTS / kind / lab.name / file).read_text("utf-8")
