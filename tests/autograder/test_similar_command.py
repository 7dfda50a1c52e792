"""`autograder similar`: what it says, what it leaves, and the exit codes that its help promises."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import similar as area
from autograder.cli import app
from autograder.collect import collect

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "course"
LONG = """
def batches(source, size, count):
    taken, found = 0, []
    keep = {}
    for number, item in enumerate(source):
        keep[number % size] = item * 2 + number
        taken = taken + len(keep)
        if len(keep) == size:
            found.append(tuple(keep[place] for place in sorted(keep)))
            keep = {}
        if len(found) >= count or taken > 1000:
            break
    return found
"""


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs the command in an empty folder, with the small course."""
    monkeypatch.chdir(tmp_path)

    def similar(*arguments, course=COURSE):
        options = ["similar", *map(str, arguments), "--course", str(course)]
        return CliRunner().invoke(app, options)

    return similar


@pytest.fixture
def classroom(tmp_path):
    """Two students with one answer between them, and one who has not begun."""
    folder = tmp_path / "class"
    given = json.loads((COURSE / "exercises" / "90_kinds.ipynb").read_text("utf-8"))
    for student, answer in {"ada": LONG, "grace": LONG.replace("keep", "bag").replace("found", "out")}.items():
        _hand_in(folder / student, given, answer)
    _hand_in(folder / "noor", given, "")
    return folder


def _hand_in(folder, given, answer):
    folder.mkdir(parents=True)
    cell = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "source": answer, "execution_count": None}
    (folder / "90_kinds.ipynb").write_text(json.dumps(given | {"cells": [*given["cells"], cell]}), "utf-8")


def said(result):
    return " ".join(result.output.split())


def test_it_lists_the_pair_says_what_that_means_and_writes_the_page(run, classroom, tmp_path):
    result = run(classroom)
    assert result.exit_code == 0, result.output
    assert "100 % batches ada grace" in said(result)
    assert "1 pair of answers looks alike, among 3 students" in said(result)
    assert "A hint to look, not a verdict" in said(result)
    assert f"Side by side: {tmp_path / 'similar.html'}" in said(result)
    page = (tmp_path / "similar.html").read_text("utf-8")
    assert "ada and grace" in page and "bag[number % size]" in page


def test_starters_are_no_answers(run, classroom):
    data = json.loads(run(classroom, "--json").stdout)
    assert {task["task"]: task["answers"] for task in data["tasks"]}["batches"] == 2
    assert all(task["answers"] == 0 for task in data["tasks"] if task["task"] != "batches")


def test_json_is_one_object_and_nothing_else(run, classroom, tmp_path):
    result = run(classroom, "--json", "--out", tmp_path / "deep" / "page.html")
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [(pair["task"], pair["similarity"]) for pair in data["pairs"]] == [("batches", 1.0)]
    assert data["page"] == str(tmp_path / "deep" / "page.html")
    assert Path(data["page"]).is_file()


def test_the_threshold_and_the_lab_narrow_it(run, classroom):
    assert json.loads(run(classroom, "--json", "--lab", "90_kinds").stdout)["students"] == 3
    half = (classroom / "grace" / "90_kinds.ipynb").read_text("utf-8").replace("item * 2 + number", "number - item")
    (classroom / "grace" / "90_kinds.ipynb").write_text(half, "utf-8")
    assert len(json.loads(run(classroom, "--json", "--threshold", "0.3").stdout)["pairs"]) == 1
    assert json.loads(run(classroom, "--json", "--threshold", "1").stdout)["pairs"] == []


def test_what_cannot_be_read_is_said_and_the_others_are_compared(run, classroom):
    (classroom / "sam").mkdir()
    (classroom / "sam" / "90_kinds.ipynb").write_text("{")
    result = run(classroom, classroom.parent / "nowhere")
    assert result.exit_code == 0
    assert "sam/90_kinds.ipynb: The notebook is half-written" in said(result)
    assert "nowhere does not exist" in said(result)
    assert "1 pair of answers" in said(result)


def test_nothing_is_run(run, classroom, tmp_path):
    mark = tmp_path / "mark"
    given = json.loads((classroom / "ada" / "90_kinds.ipynb").read_text("utf-8"))
    given["cells"][-1]["source"] = f"open({str(mark)!r}, 'w')\n" + LONG
    (classroom / "ada" / "90_kinds.ipynb").write_text(json.dumps(given), "utf-8")
    assert "1 pair" in said(run(classroom))
    assert not mark.exists()


# ---- Exit codes -----------------------------------------------------------------------------------------------------


def test_2_nothing_was_found(run, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / "empty")
    assert result.exit_code == 2
    assert "holds no notebook" in said(result)
    assert not (tmp_path / "similar.html").exists()


def test_2_no_such_lab(run, classroom):
    result = run(classroom, "--lab", "jit")
    assert (result.exit_code, said(result)) == (2, "--lab jit: this course has no such lab. It has 90_kinds.")


def test_2_the_page_would_be_a_folder(run, classroom, tmp_path):
    result = run(classroom, "--out", tmp_path)
    assert result.exit_code == 2
    assert "is a folder. Name a file for the page" in said(result)


def test_2_a_threshold_outside_of_0_to_1(run, classroom):
    assert run(classroom, "--threshold", "1.5").exit_code == 2


def test_2_no_course(run, classroom, tmp_path):
    assert run(classroom, course=tmp_path / "class").exit_code == 2


def test_1_the_page_cannot_be_written(run, classroom, tmp_path):
    (tmp_path / "file").write_text("")
    result = run(classroom, "--out", tmp_path / "file" / "page.html")
    assert result.exit_code == 1


def test_130_interrupted(run, classroom, monkeypatch, tmp_path):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(area, "find_overlap", stop)
    assert run(classroom).exit_code == 130
    assert not (tmp_path / "similar.html").exists()


def test_a_page_of_before_is_kept_whole_when_the_new_one_cannot_be_made(run, classroom, monkeypatch, tmp_path):
    shutil.copy(classroom / "ada" / "90_kinds.ipynb", tmp_path / "similar.html")
    before = (tmp_path / "similar.html").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert run(classroom).exit_code == 1
    assert (tmp_path / "similar.html").read_bytes() == before
    assert collect([tmp_path / "class"]).submissions, "nothing of the class was touched"
