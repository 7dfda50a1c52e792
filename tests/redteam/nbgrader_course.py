"""What nbgrader makes of the hostile notebooks: the same cells, handed in to an nbgrader course of one task.

Two honest students are in the class, too. If they do not get full marks and none, the comparison says nothing.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from threat import ASSERTS, IMPORTS, RIGHT, WRONG

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from rival_install import NotInstalled as NotInstalled
from rival_install import environment_with

POINTS = 2
_CONFIG = 'c = get_config()  # noqa\nc.CourseDirectory.course_id = "redteam"\n'
_SCORES = """
select student.id, grade.auto_score
from grade
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
join student on student.id = submitted_assignment.student_id
"""


class SaysNothing(Exception):
    """nbgrader did not grade the two honest students as it must, so its other grades say nothing."""


def verdicts(attacks: Mapping[int, Sequence[str]], folder: Path) -> dict[int, str]:
    """What nbgrader makes of the cells of each attack, in a few words.

    Raises:
        NotInstalled: nbgrader cannot be had.
        SaysNothing: it did not work as it must.
    """
    environment = environment_with("nbgrader==0.9.6")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "source" / "labs").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(_CONFIG, "utf-8")
    _write(folder / "source" / "labs" / "lab.ipynb", [RIGHT], tests=True)
    handed_in = {f"row{number}": list(cells) for number, cells in attacks.items()}
    handed_in |= {"right": [RIGHT], "wrong": [WRONG]}
    for student, cells in handed_in.items():
        _write(folder / "submitted" / student / "labs" / "lab.ipynb", cells)
    _run(environment, folder, "generate_assignment", "labs", "--create")
    for student in handed_in:  # one at a time: a kernel that dies ends the whole run
        _run(environment, folder, "autograde", "labs", "--create", "--student", student, may_fail=True)
    scores = _scores(folder)
    if (scores.get("right"), scores.get("wrong")) != (POINTS, 0):
        raise SaysNothing(
            f"The right answer got {scores.get('right')} of {POINTS}, the wrong one {scores.get('wrong')}."
        )
    return {number: _in_words(scores.get(f"row{number}")) for number in attacks}


def _in_words(score: float | None) -> str:
    if score is None:
        return "no grade at all"
    return "**forged**: full marks" if score >= POINTS else f"{score:g} of {POINTS} points"


def _write(path: Path, cells: Sequence[str], *, tests: bool = False) -> None:
    """A notebook: the imports, all cells but the last as the student's own, the last as the answer, the grade cell."""
    hidden = f"### BEGIN HIDDEN TESTS\n{ASSERTS}### END HIDDEN TESTS" if tests else ""
    answer = f"### BEGIN SOLUTION\n{cells[-1]}### END SOLUTION" if tests else cells[-1]
    made = [nbformat.v4.new_code_cell(text) for text in (IMPORTS, *cells[:-1])]
    made.append(nbformat.v4.new_code_cell(answer, metadata=_metadata("answer", solution=True)))
    made.append(nbformat.v4.new_code_cell(f"# Tests\n{hidden}", metadata=_metadata("check", grade=True)))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=kernel), path)


def _metadata(name: str, *, grade: bool = False, solution: bool = False) -> dict[str, object]:
    about = {
        "schema_version": 3,
        "grade_id": name,
        "grade": grade,
        "solution": solution,
        "locked": grade,
        "task": False,
    }
    return {"nbgrader": about | ({"points": POINTS} if grade else {})}


def _run(environment: Path, folder: Path, *words: str, may_fail: bool = False) -> None:
    path = f"{environment / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"  # it calls alembic by its bare name
    command = [str(environment / "bin" / "nbgrader"), *words]
    surroundings = {**os.environ, "PATH": path, "JAX_PLATFORMS": "cpu"}
    ended = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True)
    if ended.returncode and not may_fail:
        raise SaysNothing(f"nbgrader {words[0]} ended with {ended.returncode}: {ended.stderr[-500:]}")


def _scores(folder: Path) -> dict[str, float]:
    with sqlite3.connect(folder / "gradebook.db") as gradebook:
        rows = gradebook.execute(_SCORES).fetchall()
    gradebook.close()
    return {student: score for student, score in rows if score is not None}
