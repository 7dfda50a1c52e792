"""The same class as an nbgrader course: solution cells, and for each task a grade cell with hidden asserts.

nbgrader finds cells by their metadata, so the answer and check cells of our notebooks get some. Its grade cell takes
the place of our check cell; its text is `asserts/<task>.py`. What else the notebooks import is there for them, too.
"""

import json
from pathlib import Path
from typing import Any

from school import Notebook, exercise, filled_in, lab_of, reference_texts, students

from autograder.course import Course, Lab

ASSIGNMENT = "labs"
HERE = Path(__file__).parent
CONFIG = """c = get_config()  # noqa
c.CourseDirectory.course_id = "bench"
"""


def write_course(course: Course, folder: Path) -> None:
    """Write a course for nbgrader with its source notebooks and everything that was handed in."""
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, "utf-8")
    lab = lab_of(course)
    source = with_metadata(filled_in(exercise(course, lab), reference_texts(lab)), lab, tests=True)
    write(source, folder / "source" / ASSIGNMENT / f"{lab.name}.ipynb")
    for student, handed_in in as_handed_in(course).items():
        write(handed_in, folder / "submitted" / student / ASSIGNMENT / f"{lab.name}.ipynb")


def as_handed_in(course: Course) -> dict[str, Notebook]:
    """Student -> the notebook, without our check cells."""
    lab = lab_of(course)
    own = {student: filled_in(exercise(course, lab), answers) for student, answers in students(lab).items()}
    return {student: with_metadata(notebook, lab, tests=False) for student, notebook in own.items()}


def with_metadata(notebook: Notebook, lab: Lab, tests: bool) -> Notebook:
    """The notebook as nbgrader knows it, with the hidden tests in it or as a student has it."""
    points = {task.name: task.points for task in lab.tasks}
    cells = [_converted(cell, points, tests) for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def asserts_of(task: str) -> str:
    """The text of a task's hidden asserts."""
    return (HERE / "asserts" / f"{task}.py").read_text("utf-8")


def _converted(cell: dict[str, Any], points: dict[str, float], tests: bool) -> dict[str, Any]:
    task, _, role = cell["id"].rpartition("-")
    if task in points and role == "answer":
        return {**cell, "metadata": _metadata(cell["id"], solution=True)}
    if task in points and role == "check":
        hidden = f"### BEGIN HIDDEN TESTS\n{asserts_of(task)}### END HIDDEN TESTS" if tests else ""
        metadata = _metadata(cell["id"], grade=True, points=points[task])
        return {**cell, "source": f"# Tests of {task}\n{hidden}", "metadata": metadata}
    return cell


def _metadata(name: str, *, grade: bool = False, solution: bool = False, points: float = 0) -> dict[str, Any]:
    scored = {"points": points} if grade else {}
    return {
        "nbgrader": {
            "schema_version": 3,
            "grade_id": name,
            "grade": grade,
            "solution": solution,
            "locked": grade,
            "task": False,
            **scored,
        }
    }


def write(notebook: Notebook, file: Path) -> None:
    """Write the notebook, and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(notebook), "utf-8")
