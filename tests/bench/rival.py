"""nbgrader and this grader on the same class, in turns: whole programs, wall and processor seconds.

Each is run on the whole class and on one student of it. The difference of the two, divided by the number of submissions
more, is what one submission costs beyond the start.
"""

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from processes import Finished, run_measured
from rival_course import ASSIGNMENT, write_course
from rival_install import NotInstalled, nbgrader_environment
from samples import Row, Section
from school import write_class

from autograder.course import Course

ROOT = Path(__file__).parents[2]
ONE = "as_the_course"
_TOO_BUSY = "other work on the machine hides the difference"
_VERDICTS = """
select student.id, base_cell.name, grade.auto_score >= grade_cells.max_score
from grade
join grade_cells on grade_cells.id = grade.cell_id
join base_cell on base_cell.id = grade.cell_id
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
join student on student.id = submitted_assignment.student_id
"""


def compared(course: Course, folder: Path, pairs: int) -> list[Section]:
    """Run both `pairs` times in turns. Where nbgrader cannot be had, one row says why."""
    try:
        environment = nbgrader_environment()
        nbgrader = _Nbgrader(course, folder / "nbgrader", environment)
    except NotInstalled as problem:
        return [Section("Beside nbgrader", [Row("nbgrader autograde", [], note=str(problem))])]
    ours = _Ours(course, folder / "ours")
    ours.run(whole=True)  # fills its compile cache, which a second run of a teacher's finds filled
    runs: dict[str, list[Finished]] = {"ours": [], "theirs": [], "ours, one": [], "theirs, one": []}
    for _ in range(pairs):
        runs["ours"].append(ours.run(whole=True))
        runs["theirs"].append(nbgrader.run(whole=True))
        runs["ours, one"].append(ours.run(whole=False))
        runs["theirs, one"].append(nbgrader.run(whole=False))
    agreement = _agreement(ours.verdicts(), nbgrader.verdicts())
    size, one = ours.sizes
    return [Section("Beside nbgrader: the same class, in turns", [*_rows(runs, size, one), agreement])]


class _Ours:
    """`autograder grade` with one worker."""

    def __init__(self, course: Course, folder: Path) -> None:
        self._folder = folder
        self._course = course.root
        files = write_class(course, folder / "handed_in")
        self.sizes = len(files), len(list((folder / "handed_in" / ONE).iterdir()))
        self._runs = 0

    def run(self, whole: bool) -> Finished:
        """Grade everything anew, or one student."""
        self._runs += 1
        handed_in = self._folder / "handed_in"
        command = [sys.executable, "-m", "autograder", "grade", str(handed_in if whole else handed_in / ONE)]
        out = self._folder / ("out-whole" if whole else "out-one")
        shutil.rmtree(out, ignore_errors=True)
        command += ["--out", str(out), "--course", str(self._course), "--workers", "1", "--require-isolation", "L1"]
        return _checked(run_measured(command, ROOT, os.environ, self._folder / "log.txt"))

    def verdicts(self) -> dict[tuple[str, str], bool]:
        """(student, task) -> whether it passed, from the reports of the last whole run."""
        reports = [json.loads(file.read_text()) for file in (self._folder / "out-whole" / "reports").glob("*.json")]
        return {
            (report["student"], task["name"]): task["outcome"] == "passed"
            for report in reports
            for task in report["tasks"]
        }


class _Nbgrader:
    """`nbgrader autograde` on a course as it is right after `nbgrader generate_assignment`."""

    def __init__(self, course: Course, folder: Path, environment: Path) -> None:
        folder.mkdir(parents=True)
        self._folder, self._log = folder, folder / "log.txt"
        self._program = str(environment / "bin" / "nbgrader")
        # nbgrader calls alembic by its bare name.
        path = f"{environment / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        self._environment = {**os.environ, "PATH": path, "JAX_PLATFORMS": "cpu"}
        self._fresh = folder / "fresh"
        write_course(course, self._fresh)
        made = run_measured(
            [self._program, "generate_assignment", ASSIGNMENT, "--create"], self._fresh, self._environment, self._log
        )
        if made.code:
            raise NotInstalled(f"nbgrader could not make its assignment: {_last_line(made)}")

    def run(self, whole: bool) -> Finished:
        """Autograde everything, or one student, from the fresh state."""
        course = self._folder / ("whole" if whole else "one")
        shutil.rmtree(course, ignore_errors=True)
        shutil.copytree(self._fresh, course)
        command = [self._program, "autograde", ASSIGNMENT, "--create", *([] if whole else ["--student", ONE])]
        return _checked(run_measured(command, course, self._environment, self._log))

    def verdicts(self) -> dict[tuple[str, str], bool]:
        """(student, task) -> whether it got all points, from the gradebook of the last whole run."""
        with sqlite3.connect(self._folder / "whole" / "gradebook.db") as gradebook:
            rows = gradebook.execute(_VERDICTS).fetchall()
        return {(student, cell.removesuffix("-check")): bool(full) for student, cell, full in rows}


def _checked(finished: Finished) -> Finished:
    if finished.code:
        raise RuntimeError(f"exit code {finished.code}: {finished.output[-2000:]}")
    return finished


def _last_line(finished: Finished) -> str:
    return (finished.output.strip().splitlines() or ["no word"])[-1][:120]


def _rows(runs: dict[str, list[Finished]], size: int, one: int) -> list[Row]:
    more = size - one
    names = {"ours": "autograder grade --workers 1", "theirs": "nbgrader autograde"}
    rows = []
    for key, name in names.items():
        rows.append(_run_row(f"{name}, {size} submissions", runs[key]))
        rows.append(_run_row(f"{name}, {one} submissions", runs[f"{key}, one"]))
    walls, cpus = {}, {}
    for key, name in names.items():
        pairs = list(zip(runs[key], runs[f"{key}, one"], strict=True))
        walls[key] = [(whole.wall - few.wall) / more for whole, few in pairs]
        cpus[key] = [(whole.cpu - few.cpu) / more for whole, few in pairs]
        note = "wall; the two differences, divided by the submissions more"
        rows.append(Row(f"{name}, a submission beyond the start", walls[key], cpu=_mean(cpus[key]), note=note))
    core = "processor seconds of nbgrader / ours"
    rows.append(Row("ratio per core, beyond the start", _ratios(cpus["theirs"], cpus["ours"]), "x", note=core))
    wall = _ratios(walls["theirs"], walls["ours"])
    rows.append(Row("ratio of wall time, beyond the start", wall, "x", note="" if wall else _TOO_BUSY))
    whole = {key: [run.cpu for run in runs[key]] for key in names}
    rows.append(Row(f"ratio per core, {size} submissions with the start", _ratios(whole["theirs"], whole["ours"]), "x"))
    return rows


def _run_row(what: str, runs: list[Finished]) -> Row:
    return Row(what, [run.wall for run in runs], cpu=_mean([run.cpu for run in runs]), note="whole program")


def _agreement(ours: dict[tuple[str, str], bool], theirs: dict[tuple[str, str], bool]) -> Row:
    same = sum(theirs.get(place) == verdict for place, verdict in ours.items())
    others = [
        f"{task} of {student}" for (student, task), passed in ours.items() if theirs.get((student, task)) != passed
    ]
    note = f"of {len(ours)}" + (f"; not: {', '.join(sorted(others))}" if others else "")
    return Row("answers on which both say passed, or both not", [same], unit="", note=note)


def _ratios(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """Pair by pair; none where a difference of two noisy runs is no duration at all."""
    if min([*one, *other]) <= 0:
        return []
    return [a / b for a, b in zip(one, other, strict=True)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
