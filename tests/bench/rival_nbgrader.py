"""`nbgrader autograde` on the class."""

import shutil
import sqlite3
from pathlib import Path

from processes import Finished, run_measured
from rival_course import ASSIGNMENT, write_course
from rival_install import NotInstalled, environment_with, settings_for

from autograder.course import Course

_VERDICTS = """
select student.id, base_cell.name, grade.auto_score >= grade_cells.max_score
from grade
join grade_cells on grade_cells.id = grade.cell_id
join base_cell on base_cell.id = grade.cell_id
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
join student on student.id = submitted_assignment.student_id
"""


class Nbgrader:
    """A course as it is right after `nbgrader generate_assignment`.

    Raises:
        NotInstalled: nbgrader cannot be installed, or cannot make its assignment.
    """

    name = "nbgrader autograde"

    def __init__(self, course: Course, folder: Path) -> None:
        folder.mkdir(parents=True)
        environment = environment_with("nbgrader==0.9.6")
        self._program = str(environment / "bin" / "nbgrader")
        self._environment = settings_for(environment)
        self._fresh, self._course, self._log = folder / "fresh", folder / "course", folder / "log.txt"
        write_course(course, self._fresh)
        made = self._run(self._fresh, "generate_assignment")
        if made.code:
            raise NotInstalled(f"It could not make its assignment: {_last_line(made)}")

    def run(self) -> Finished:
        """Autograde everything, from the fresh state."""
        shutil.rmtree(self._course, ignore_errors=True)
        shutil.copytree(self._fresh, self._course)
        finished = self._run(self._course, "autograde")
        if finished.code:
            raise NotInstalled(f"It ended with {finished.code}: {_last_line(finished)}")
        return finished

    def verdicts(self) -> dict[tuple[str, str], bool]:
        """(student, task) -> whether it got all points, from the gradebook of the last run."""
        with sqlite3.connect(self._course / "gradebook.db") as gradebook:
            rows = gradebook.execute(_VERDICTS).fetchall()
        return {(student, cell.removesuffix("-check")): bool(full) for student, cell, full in rows}

    def _run(self, course: Path, command: str) -> Finished:
        return run_measured([self._program, command, ASSIGNMENT, "--create"], course, self._environment, self._log)


def _last_line(finished: Finished) -> str:
    return (finished.output.strip().splitlines() or ["no word"])[-1][:120]
