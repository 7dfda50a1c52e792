"""`pytest dlfb_lab/checks` on saved notebooks: sentences as names, the words of `check`, no noise."""

import os
import re
import subprocess
import sys

import nbformat
import pytest
from helpers import COURSE, ROOT

from dlfb_lab import _catalog
from dlfb_lab._judge import _own_environment

CHECKS = COURSE / "checks"
RIGHT = (COURSE / "right/ReadTally__dataclass.py").read_text("utf-8")
WRONG = (COURSE / "wrong/batches__loses_the_last.py").read_text("utf-8")
STOPPED = "import no_such_package\n\ndef descend(loss, w, rate, steps):\n    return w"


@pytest.fixture
def run_checks(tmp_path, monkeypatch, capsys):
    """`run_checks(*cells)`: what pytest prints, with these cells as the saved notebook, and its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(_catalog, "_course", COURSE)
    _catalog.catalog.cache_clear()

    def run(*cells, options=(), only=""):
        if cells:
            save(tmp_path / "exercises/90_kinds.ipynb", *cells)
        target = f"{CHECKS / 'test_90_kinds.py'}{only}"
        settings = ["-c", str(ROOT / "dlfb_lab/pytest.ini"), "--rootdir", str(tmp_path)]
        with _own_environment():
            code = pytest.main([target, *settings, *options])
        return int(code), capsys.readouterr().out

    yield run
    _catalog.catalog.cache_clear()


def save(path, *cells):
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)


def test_the_built_exercises_are_all_skipped_and_nothing_fails(tmp_path):
    command = [sys.executable, "-m", "pytest", str(ROOT / "dlfb_lab/checks")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTEST_ADDOPTS": ""})
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"=== \d+ skipped in ", done.stdout)
    assert "set_first: not attempted yet." in done.stdout
    assert "○ not attempted  It gives a pair of numbers, and they are different." in done.stdout
    assert not {"stopped", "Traceback", "warning"} & set(done.stdout.split())


def test_the_test_view_lists_sentences(run_checks):
    code, said = run_checks(RIGHT, options=["--collect-only"])
    assert code == 0
    assert "<Function It counts each k-mer, and all of them together.>" in said


def test_each_task_is_summed_up_in_its_sentences(run_checks):
    code, said = run_checks(RIGHT, WRONG)
    assert code == 1
    assert "ReadTally: all 2 checks hold. Well done!\n\n  ✓ holds  It counts each k-mer, and all of them toget" in said
    assert "batches: 1 of 2 checks hold." in said
    assert "descend: not attempted yet." in said
    assert re.search(r"= 1 failed, 3 passed, \d+ skipped in ", said)


def test_a_check_that_fails_shows_its_sentence_and_the_finding_and_no_traceback(run_checks):
    _, said = run_checks(WRONG)
    failures = said.split("= FAILURES =")[1].split("= your answers =")[0]
    assert "_ Every item comes in one batch, the last of which may be shorter. _" in failures
    assert re.search(
        r"\n  What we saw  \S.*\n  source       \[1, 2, 3, 4, 5\]\n  size         2\n"
        r"  expected     \[\[1, 2\], \[3, 4\], \[5\]\]\n",
        failures,
    )
    assert "\n  got          [[1, 2], [3, 4]]\n" in failures
    assert "\n  Why          " in failures
    assert not re.search(r"^E  |Traceback|Error\b|\.py:\d", failures, re.MULTILINE)


def test_one_check_can_be_run_by_its_node_id(run_checks):
    code, said = run_checks(RIGHT, only="::test_ReadTally_is_its_own")
    assert code == 0
    assert re.search(r"= 1 passed in ", said)


def test_a_check_can_be_chosen_by_its_name(run_checks):
    _, said = run_checks(RIGHT, options=["-k", "test_ReadTally"])
    assert re.search(r"= 2 passed, \d+ deselected in ", said)


def test_a_cell_that_stopped_is_named_and_explains_what_is_missing(run_checks):
    code, said = run_checks(RIGHT, STOPPED)
    assert code == 1
    assert "Your line    cell 2, line 1: import no_such_package" in said
    assert "exercises/90_kinds.ipynb: code cell 2 stopped. " in said
    assert "errors" not in said.splitlines()[-1], "a missing answer is a failure, not an error of the test's"


def test_what_the_notebook_prints_and_checks_is_not_shown(run_checks):
    _, said = run_checks("print('chatter')\nfrom dlfb_lab import check", RIGHT, "check('ReadTally')", WRONG)
    assert "chatter" not in said
    assert said.count("Well done") == 1


def test_a_dataclass_in_a_saved_notebook_finds_its_module_and_pytest_keeps_its_own(run_checks):
    main = sys.modules["__main__"]
    code, _ = run_checks("from __future__ import annotations\n" + RIGHT, options=["-k", "ReadTally"])
    assert code == 0
    assert sys.modules["__main__"] is main


def test_without_a_notebook_each_check_is_skipped_and_it_says_what_to_do(run_checks):
    code, said = run_checks()
    assert code == 0
    assert re.search(
        r"There is no notebook 90_kinds\.ipynb in \S+, and none in its folder exercises\. Run pytest", said
    )


def test_a_notebook_right_in_the_folder_is_found(run_checks, tmp_path):
    save(tmp_path / "90_kinds.ipynb", RIGHT)
    assert "ReadTally: all 2 checks hold." in run_checks(options=["-k", "ReadTally"])[1]


def test_a_broken_notebook_fails_with_one_sentence(run_checks, tmp_path):
    (tmp_path / "90_kinds.ipynb").write_text('{"cells": [')
    code, said = run_checks(options=["-k", "ReadTally"])
    assert code == 1
    assert "90_kinds.ipynb cannot be read as a notebook (JSONDecodeError" in said
    assert "Open it in the editor, and save it again." in said


def test_tests_of_others_are_left_alone(run_checks, tmp_path):
    other = tmp_path / "test_other.py"
    other.write_text("def test_of_mine():\n    assert 1 + 1 == 3\n")
    code, said = run_checks(RIGHT, options=[str(other), "-k", "mine or ReadTally"])
    assert code == 1
    assert "def test_of_mine" in said
    assert "ReadTally: all 2 checks hold." in said
