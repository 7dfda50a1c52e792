"""What `autograder nbgrader course` writes, without nbgrader."""

import json

import nbformat
import pytest
from nbgrader_samples import LAB, SECRET, small_course
from typer.testing import CliRunner

from autograder.build import build_lab
from autograder.cli import app
from autograder.course import CourseError
from autograder.nbgrader.course_folder import write_course

NOTEBOOK = f"source/{LAB}/{LAB}.ipynb"


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "ours")


@pytest.fixture
def folder(tmp_path, course):
    list(write_course(course, tmp_path / "theirs"))
    return tmp_path / "theirs"


def cells(folder):
    return {cell["id"]: cell for cell in json.loads((folder / NOTEBOOK).read_text("utf-8"))["cells"]}


def test_answers_and_checks_carry_what_nbgrader_must_know(folder):
    found = {name: cell["metadata"]["nbgrader"] for name, cell in cells(folder).items() if cell["metadata"]}
    common = {"schema_version": 3, "task": False}
    answer, graded = {"grade": False, "solution": True, "locked": False}, {"grade": True, "solution": False}
    assert found == {
        "n_bases-answer": {**common, **answer, "grade_id": "n_bases-answer"},
        "n_bases-check": {**common, **graded, "locked": True, "grade_id": "n_bases-check", "points": 1.0},
        "gc_count-answer": {**common, **answer, "grade_id": "gc_count-answer"},
        "gc_count-check": {**common, **graded, "locked": True, "grade_id": "gc_count-check", "points": 2.0},
    }
    nbformat.validate(nbformat.read(folder / NOTEBOOK, as_version=4))


def test_without_answers_and_hidden_tests_it_is_the_exercise(folder, course):
    exercise = json.loads(build_lab(course.labs[0], course.install))
    for theirs, ours in zip(cells(folder).values(), exercise["cells"], strict=True):
        stub = theirs["metadata"].get("dlfb_lab", {}).get("stub")
        lines = "".join(theirs["source"]).split("\n")
        if "### BEGIN HIDDEN TESTS" in lines:
            lines = lines[lines.index("### END HIDDEN TESTS") + 1 :]
        assert (theirs["id"], stub or "\n".join(lines)) == (ours["id"], "".join(ours["source"]))


def test_hidden_checks_and_the_seed_stay_out_of_what_nbgrader_releases(folder):
    secret = [path.relative_to(folder).parts[0] for path in folder.rglob("*.*") if SECRET in path.read_text("utf-8")]
    assert secret == ["grading"]
    assert [path.name for path in (folder / "source").rglob("*.*")] == [f"{LAB}.ipynb"]


def test_the_configuration_is_the_instructors_once_it_is_there(folder, course):
    config = folder / "nbgrader_config.py"
    config.write_text("c = get_config()\n", "utf-8")
    said = list(write_course(course, folder))
    assert config.read_text("utf-8") == "c = get_config()\n"
    assert said[-1].endswith('it needs one more line: load_subconfig("grading/settings.py")')
    config.write_text('load_subconfig("grading/settings.py")\n', "utf-8")
    assert list(write_course(course, folder))[-1].endswith("kept as it is.")


def test_a_cell_that_a_person_grades_survives_in_its_place(folder, course):
    notebook = json.loads((folder / NOTEBOOK).read_text("utf-8"))
    about = {"grade": True, "solution": True, "locked": False, "task": False, "points": 3, "grade_id": "why"}
    free = {"cell_type": "markdown", "id": "free", "metadata": {"nbgrader": about}, "source": "YOUR ANSWER HERE"}
    place = [cell["id"] for cell in notebook["cells"]].index("n_bases-check") + 1
    notebook["cells"].insert(place, free)
    notebook["cells"].append({"cell_type": "markdown", "id": "stray", "metadata": {}, "source": "a slip"})
    (folder / NOTEBOOK).write_text(json.dumps(notebook), "utf-8")
    said = list(write_course(course, folder))
    names = list(cells(folder))
    assert names[place - 1 : place + 1] == ["n_bases-check", "free"]
    assert "stray" not in names
    assert said[0].endswith("2 tasks, with your 1 manually graded cells.")
    assert cells(folder)["free"] == free


def test_writing_it_again_changes_nothing(folder, course):
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    list(write_course(course, folder))
    assert {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()} == before


def test_labs_that_are_not_written_this_time_are_graded_as_before(folder, course):
    index = folder / "grading" / "labs.json"
    known = json.loads(index.read_text("utf-8"))
    index.write_text(json.dumps({"09_older": known[LAB]}), "utf-8")
    list(write_course(course, folder, [LAB]))
    assert json.loads(index.read_text("utf-8")) == {"09_older": known[LAB], LAB: known[LAB]}


def test_a_notebook_that_cannot_be_kept_is_not_written_over(folder, course):
    (folder / NOTEBOOK).write_text("{", "utf-8")
    with pytest.raises(CourseError, match="nothing in it can be kept"):
        list(write_course(course, folder))
    assert (folder / NOTEBOOK).read_text("utf-8") == "{"


def test_the_command_says_what_is_next_and_knows_its_labs(tmp_path, course):
    options = ["nbgrader", "course", str(tmp_path / "x"), "--course", str(course.root)]
    told = CliRunner().invoke(app, options)
    assert told.exit_code == 0
    assert f"nbgrader generate_assignment {LAB}" in told.stdout
    wrong = CliRunner().invoke(app, [*options, "--labs", "11_x"])
    assert wrong.exit_code == 2
    assert "11_x: no lab of this course. It has 10_bases." in wrong.output
    data = json.loads(CliRunner().invoke(app, [*options, "--json"]).stdout)
    assert len(data["written"]) == 3
