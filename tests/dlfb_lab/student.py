"""What the tests of a student's tools share: a folder as a student has it, with the course in tests/course."""

import json
import shutil
from pathlib import Path

import pytest
from helpers import COURSE
from typer.testing import CliRunner

from dlfb_lab import _catalog, _progress
from dlfb_lab._cli import app

LAB = "90_kinds"
RIGHT = (COURSE / "right/ReadTally__dataclass.py").read_text("utf-8")
WRONG = (COURSE / "wrong/batches__loses_the_last.py").read_text("utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A student's folder with `exercises/90_kinds.ipynb` in it; the current one."""
    shutil.copytree(COURSE / "exercises", tmp_path / "exercises")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DLFB_LAB_FOLDER", raising=False)
    monkeypatch.setattr(_progress, "_unsaved", {})
    before = _catalog._course
    _catalog.use_course(COURSE)
    yield tmp_path
    _catalog.use_course(before)


def notebook(folder: Path) -> Path:
    return folder / "exercises" / f"{LAB}.ipynb"


def write_answers(folder: Path, answers: dict[str, str]) -> None:
    """Put these texts into the answer cells of the tasks, as an editor would save them."""
    path = notebook(folder)
    found = json.loads(path.read_text("utf-8"))
    for cell in found["cells"]:
        name = cell["id"].removesuffix("-answer")
        if name in answers:
            cell["source"] = answers[name].splitlines(keepends=True)
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


@pytest.fixture
def lab(folder):
    """Runs `lab` with these arguments in this process, in the student's folder."""
    return lambda *words, **options: CliRunner().invoke(app, [str(word) for word in words], prog_name="lab", **options)


def said(result) -> str:
    return " ".join(result.output.split())
