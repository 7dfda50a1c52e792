"""The real nbgrader on what we write for it: its grades are ours, and ours are read, changed and exported by it.

It runs in an environment of its own, which is made once and kept (see tests/bench/rival_install.py).
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader_samples import LAB, PARTLY, RIGHT, SECRET, grades, report, rows, small_course

from autograder.build import build_lab
from autograder.collect import collect
from autograder.nbgrader.course_folder import write_course
from autograder.nbgrader.write_back import write_back
from autograder.report.json_file import from_json

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
ANSWERS = {"right": {**RIGHT, "why": "Because."}, "partly": PARTLY, "empty": {}}


@pytest.fixture(scope="module")
def nbgrader():
    """`nbgrader(word, course, more)`: what the driver gives back."""
    from rival_install import NotInstalled, environment_with, settings_for

    if os.name == "nt":
        pytest.skip("nbgrader is tried on Linux and macOS")
    try:
        environment = environment_with("nbgrader==0.9.6")
    except NotInstalled as why:
        pytest.skip(f"nbgrader cannot be had: {why}")

    def run(word, course, more):
        command = [str(environment / "bin" / "python"), str(Path(__file__).with_name("nbgrader_driver.py"))]
        settings = settings_for(environment)
        ended = subprocess.run([*command, word, course, more], env=settings, cwd=course, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stderr[-3000:]
        return json.loads(ended.stdout.splitlines()[-1])

    return run


@pytest.fixture(scope="module")
def theirs(tmp_path_factory, nbgrader):
    """(our course, the folder of the nbgrader course, what nbgrader made of it)."""
    base = tmp_path_factory.mktemp("nbgrader")
    course = small_course(base / "ours")
    list(write_course(course, base / "theirs"))
    add_free_text(base / "theirs" / "source" / LAB / f"{LAB}.ipynb")
    list(write_course(course, base / "theirs"))
    return course, base / "theirs", nbgrader("grade", str(base / "theirs"), json.dumps(ANSWERS))


def add_free_text(path):
    """What an instructor does with nbgrader's toolbar: a question that a person grades."""
    notebook = json.loads(path.read_text("utf-8"))
    about = {"schema_version": 3, "grade": True, "solution": True, "locked": False, "task": False}
    metadata = {"nbgrader": {**about, "points": 3, "grade_id": "why"}}
    cell = {"cell_type": "markdown", "id": "why", "metadata": metadata, "source": "Because there are four."}
    notebook["cells"].insert(3, cell)
    path.write_text(json.dumps(notebook), "utf-8")


@pytest.fixture(scope="module")
def ours(theirs):
    """The folder in which our grader has graded what was handed in there, into a gradebook of its own."""
    course, folder, _ = theirs
    mine = folder.parent / "mine"
    command = [sys.executable, "-m", "autograder", "grade", str(folder / "submitted"), "--out", str(mine / "out")]
    command += ["--course", str(course.root), "--gradebook", str(mine / "gradebook.db"), "--require-isolation", "L1"]
    ended = subprocess.run([*command, "--workers", "1"], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "the points of 3 submissions; 3 notebooks in" in ended.stdout
    return mine


def points(folder):
    """{"student cell": points} by our reports."""
    reports = [from_json(path.read_text("utf-8")) for path in (folder / "out" / "reports").glob("*.json")]
    return {f"{one.student} {task.name}-check": task.points for one in reports for task in one.tasks}


def test_validating_releasing_grading_and_feedback_end_well(theirs):
    _, folder, ended = theirs
    assert (ended["validated"], ended["failed"]) == ({}, {})
    page = (folder / "feedback" / "partly" / LAB / f"{LAB}.html").read_text("utf-8")
    assert "2 of 3 checks hold." in page
    assert SECRET not in page, "what a hidden check asks is shown to nobody"


def test_what_is_released_is_our_exercise_cell_by_cell(theirs):
    course, folder, _ = theirs
    released = json.loads((folder / "release" / LAB / f"{LAB}.ipynb").read_text("utf-8"))["cells"]
    exercise = json.loads(build_lab(course.labs[0], course.install))["cells"]
    assert shown(released.pop(3)) == ("why", "markdown", "YOUR ANSWER HERE"), "the instructor's own question"
    for theirs_, ours_ in zip(released, exercise, strict=True):
        assert shown(theirs_) == shown(ours_)
    assert [path.name for path in (folder / "release").rglob("*.*")] == [f"{LAB}.ipynb"]


def shown(cell):
    return cell["id"], cell["cell_type"], "".join(cell["source"])


def test_nbgrader_gives_the_points_that_we_give(theirs, ours):
    _, _, ended = theirs
    assert points(ours) == {
        "right n_bases-check": 1.0,
        "right gc_count-check": 2.0,
        "partly n_bases-check": 0.0,
        "partly gc_count-check": 1.33,
        "empty n_bases-check": 0.0,
        "empty gc_count-check": 0.0,
    }
    assert {name: score for name, score in ended["grades"].items() if name.endswith("-check")} == points(ours)


def test_nbgrader_goes_on_with_our_gradebook_and_a_person_has_the_last_word(theirs, ours, nbgrader):
    course, _, _ = theirs
    list(write_course(course, ours))
    config = ours / "nbgrader_config.py"
    config.write_text(config.read_text("utf-8").replace("# c.LateSub", "c.LateSub"), "utf-8")
    ended = nbgrader("person", str(ours), "gc_count-check")
    assert ended["failed"] == {}
    assert ended["exported"] == {"right": 3.0, "partly": 1.75, "empty": 0.0}
    assert ended["late"] == {"right": 3600.0, "partly": 3600.0, "empty": 3600.0}
    assert ended["after"] == {"right": 0.0, "partly": 0.0, "empty": 0.0}, "the late policy of the configuration"
    assert ended["shown"] == ["empty", "partly", "right"]
    page = (ours / "feedback" / "partly" / LAB / f"{LAB}.html").read_text("utf-8")
    assert "A good start." in page
    assert "It is the number of letters of DNA." in page
    book = ours / "gradebook.db"
    assert grades(book)["partly", "gc_count-check"] == (1.33, 1.75, 0)
    write_back([report("partly", bases=0.0, gc=0.67)], course, book, {})
    assert grades(book)["partly", "gc_count-check"] == (0.67, 1.75, 1)
    assert len(grades(book)) == 6


def test_in_a_gradebook_of_nbgraders_own_nothing_is_doubled_and_free_text_is_left_alone(theirs, tmp_path):
    course, folder, _ = theirs
    book = Path(shutil.copy(folder / "gradebook.db", tmp_path))
    with sqlite3.connect(book) as db:
        db.execute("UPDATE grade SET manual_score = 2.5, needs_manual_grade = 0 WHERE auto_score IS NULL")
    db.close()
    tables = ("assignment", "notebook", "base_cell", "source_cell", "student", "submitted_assignment", "comment")
    before = {name: rows(book, f"SELECT id FROM {name} ORDER BY id") for name in tables}
    graded_before = grades(book)
    handed_in = {f"{one.student}--{LAB}": one for one in collect([folder / "submitted"]).submissions}
    write_back([report("right"), report("partly", bases=0.0, gc=1.33)], course, book, handed_in)
    assert {name: rows(book, f"SELECT id FROM {name} ORDER BY id") for name in tables} == before
    assert grades(book) == graded_before
    assert graded_before["right", "why"] == (None, 2.5, 0)
    notebook = json.loads((tmp_path / "autograded" / "right" / LAB / f"{LAB}.ipynb").read_text("utf-8"))
    (free,) = [cell for cell in notebook["cells"] if cell["id"] == "why"]
    assert (free["source"], free["metadata"]["nbgrader"]["points"]) == ("Because.", 3.0)
