"""`lab submit`: a zip that the grader takes, checked first; wrong answers do not stop it."""

import json
import re
import zipfile

import pytest
from helpers import COURSE
from student import RIGHT, WRONG, notebook, said, write_answers
from student import folder as folder
from student import lab as lab

from autograder import notebook_file
from autograder.collect import IntakeLimits, collect
from autograder.course import load_course
from autograder.identify import which_lab
from dlfb_lab import _catalog
from dlfb_lab._lab import submit
from dlfb_lab._lab.saved import SavedCheck
from dlfb_lab._progress import progress_on


@pytest.fixture
def unrun(monkeypatch):
    """Notebooks are not run: this is about the zip."""
    monkeypatch.setattr(
        submit, "check_saved", lambda notebook, tasks, seconds: SavedCheck(notebook, (), tuple(tasks), (), True)
    )


def zips(folder):
    return sorted(folder.glob("*.zip"))


def test_the_grader_takes_what_is_handed_in(lab, folder):
    write_answers(folder, {"ReadTally": RIGHT, "batches": WRONG, "descend": "descent = 3"})
    result = lab("submit")
    assert result.exit_code == 0, result.output
    (path,) = zips(folder)
    (one,) = collect([path]).submissions
    assert (one.filename, one.problem) == ("90_kinds.ipynb", "")
    assert one.data == notebook(folder).read_bytes()
    read = notebook_file.read_notebook(one.data)
    assert which_lab(read, one.filename, load_course(COURSE)).name == "90_kinds"
    assert RIGHT in read.cells
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in result.output.splitlines() if line.startswith("  ")}
    assert rows["ReadTally"] == "✓ 2 of 2 visible checks hold"
    assert rows["batches"] == "✗ 1 of 2 visible checks hold"
    assert rows["make_scorer"] == "○ not attempted"
    assert rows["descend"] == "○ not attempted: no cell binds `descend`"
    assert rows.keys() == _catalog.catalog().keys()
    assert re.search(rf"Written: {path.name} \(1 notebook, \d+ kB\)\. Hand in this file\.$", said(result))
    assert progress_on("ReadTally").passed


def test_the_limits_are_those_of_the_grader():
    assert IntakeLimits().file_bytes == submit.MAX_BYTES
    assert submit.MAX_CELLS == notebook_file.MAX_CELLS


def test_a_notebook_that_stops_is_handed_in_all_the_same(lab, folder):
    write_answers(folder, {"batches": "while True:\n    pass"})
    result = lab("submit", "--timeout", "6")
    assert result.exit_code == 0
    assert re.search(r"make_scorer +! not checked", result.output)
    assert "! The time limit of 6 s was over " in said(result)
    assert len(zips(folder)) == 1


def test_two_in_one_second_have_two_names(lab, folder, unrun, monkeypatch):
    monkeypatch.setattr(submit.time, "strftime", lambda form, *moment: "20250101-120000")
    for _ in range(3):
        assert lab("submit").exit_code == 0
    stem = "submission-20250101-120000"
    assert [path.name for path in zips(folder)] == [f"{stem}-2.zip", f"{stem}-3.zip", f"{stem}.zip"]


def test_the_file_can_be_named_and_nothing_is_overwritten(lab, folder, unrun):
    assert lab("submit", "--out", "mine.zip").exit_code == 0
    before = (folder / "mine.zip").read_bytes()
    result = lab("submit", "--out", "mine.zip")
    assert result.exit_code == 2
    assert said(result) == "mine.zip is there already, and nothing is overwritten. Name another file with --out."
    assert (folder / "mine.zip").read_bytes() == before


def test_a_folder_can_be_named(lab, folder, unrun):
    (folder / "out").mkdir()
    lab("submit", "90", "--out", "out")
    assert len(zips(folder / "out")) == 1


def test_a_name_that_is_no_zips(lab, folder, unrun):
    result = lab("submit", "--out", "mine.tar")
    assert (result.exit_code, said(result)) == (
        2,
        "A submission is a zip, and mine.tar is not called so. Name it mine.tar.zip.",
    )


def test_a_place_that_cannot_be_written(lab, folder, unrun):
    (folder / "file").touch()
    result = lab("submit", "--out", "file/mine.zip")
    assert result.exit_code == 1
    assert re.search(r"file/mine\.zip cannot be written \([^)]+\)\. Choose a place with --out\.$", said(result))


def test_a_full_disk_leaves_no_half_of_a_zip(lab, folder, unrun, monkeypatch):
    def full(self, *args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    result = lab("submit")
    assert result.exit_code == 1
    assert "cannot be written (No space left on device). Choose a place with --out." in said(result)
    assert zips(folder) == []


def rewrite(folder, change):
    found = json.loads(notebook(folder).read_text("utf-8"))
    change(found)
    notebook(folder).write_text(json.dumps(found))


def of_another_lab(found):
    found["metadata"]["dlfb_lab"]["lab"] = "91_Other"


def in_another_language(found):
    found["metadata"]["kernelspec"] = {"name": "ir", "language": "R"}


def of_many_cells(found):
    found["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": ""}] * submit.MAX_CELLS


def of_many_bytes(found):
    found["cells"][0]["source"] = "x" * submit.MAX_BYTES


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (of_another_lab, "is a copy of the lab 91_other, and would be graded as that. Rename it to 91_other.ipynb."),
        (in_another_language, "is written in 'r', not in Python. Choose a Python kernel, and save it."),
        (of_many_cells, " cells; the grader reads at most 5000. Remove some."),
        (
            of_many_bytes,
            " has 10.0 MB, and the grader reads at most 10 MB. Clear its outputs in your editor, and save it.",
        ),
    ],
)
def test_what_could_not_be_graded_stops_it(lab, folder, unrun, monkeypatch, change, sentence):
    known = {**_catalog.labs(), "91_other": _catalog.CatalogLab("91_other", "Other", "")}
    monkeypatch.setattr(submit, "labs", lambda: known)
    rewrite(folder, change)
    result = lab("submit")
    assert result.exit_code == 2
    assert said(result).startswith("exercises/90_kinds.ipynb")
    assert sentence in said(result)
    assert zips(folder) == []


@pytest.mark.parametrize("text", ["", '{"cells"', "[]", '{"worksheets": []}'])
def test_an_unreadable_notebook_stops_it(lab, folder, unrun, text):
    notebook(folder).write_text(text)
    result = lab("submit")
    assert result.exit_code == 2
    assert said(result).endswith("Open it in your editor, and save it again.")
    assert zips(folder) == []


def test_without_notebooks_it_says_where_to_go(lab, folder):
    notebook(folder).unlink()
    result = lab("submit")
    assert (result.exit_code, said(result)) == (
        2,
        f"There is no lab's notebook in {folder}. Change to the folder that holds them.",
    )
    assert lab("submit", "90").exit_code == 2
    assert said(lab("submit", "91")).startswith("No lab or task is called `91`.")
