"""A submission brings files along that do harm where they are unpickled, one of them called a notebook."""

import pickle
import shutil

import numpy as np
import pytest
from arena import LAB, notebook, outcome
from threat import RIGHT, Threat

from autograder.collect import collect
from dlfb_lab._outcome import Outcome

SIDE_FILES = (
    ".OTTER_LOG",
    "results.pkl",
    "model.joblib",
    "data.npy",
    "data.npz",
    "params.msgpack",
    "__pycache__/x.pyc",
)
LOADS = "import pathlib\nseen = sorted(path.name for path in pathlib.Path('.').rglob('*'))\nnp.load('data.npy')"

THREAT = Threat(
    11,
    "Pickles in files beside the notebook",
    "Only notebooks are read, and as JSON. Files beside them are named to the teacher and opened by nobody.",
    "not opened by nbgrader, but within the notebook's reach. otter unpickles `.OTTER_LOG` before it starts",
)


class Gadget:
    """Whoever unpickles it makes a folder."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return type(self.mark).mkdir, (self.mark,)


@pytest.fixture
def mark(tmp_path):
    return tmp_path / "mark"


@pytest.fixture
def handed_in(tmp_path, mark):
    """A student's folder: a right notebook, and a gadget in everything else."""
    folder = tmp_path / "class" / "ada"
    (folder / "__pycache__").mkdir(parents=True)
    for name in (*SIDE_FILES, "05_pickled.ipynb"):
        (folder / name).write_bytes(pickle.dumps(Gadget(mark)))
    np.save(folder / "data.npy", np.array([Gadget(mark)], dtype=object), allow_pickle=True)
    (folder / f"{LAB}.ipynb").write_bytes(notebook(RIGHT, LOADS))
    return folder.parent


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_only_the_notebook_is_read(arena, handed_in, mark, form):
    if form == "zip":
        handed_in = shutil.make_archive(str(handed_in), "zip", handed_in)
    found = collect([type(mark)(handed_in)])
    reports = {one.filename: arena.grader().grade(one) for one in found.submissions}
    assert set(reports) == {f"{LAB}.ipynb", "05_pickled.ipynb"}
    assert outcome(reports[f"{LAB}.ipynb"]) is Outcome.PASSED
    assert reports["05_pickled.ipynb"].tasks == ()
    assert "not text in UTF-8" in reports["05_pickled.ipynb"].problem
    assert not mark.exists()


def test_they_do_not_come_along_to_where_it_runs(arena, handed_in):
    (submission,) = [one for one in collect([handed_in]).submissions if one.filename == f"{LAB}.ipynb"]
    report = arena.grader().grade(submission)
    assert [(cell.cell, cell.finding.saw.split(":")[0]) for cell in report.cells] == [
        (3, "The code stopped with FileNotFoundError")
    ]
    assert arena.told("seen", LOADS) == []


def test_whoever_unpickles_one_is_lost(handed_in, mark):
    pickle.loads((handed_in / "ada" / ".OTTER_LOG").read_bytes())
    assert mark.exists()
