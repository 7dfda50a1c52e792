"""A bundle for Classroom 50: nothing secret in it, and its grade job from a checkout to `result.json`."""

import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from export_rules import classroom50_problems
from tiny_course import CANARY, LAB, RIGHT, hand_in, notebook, write_tiny_course

from autograder.course import load_course
from autograder.export.classroom50_bundle import classroom50_files
from autograder.export.classroom50_run import run
from autograder.export.results_folder import ExportError
from autograder.export.visible_course import visible_course
from autograder.report.record import CheckReport, Report, TaskReport
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
RUNNER = {
    "CLASSROOM": "bio",
    "ASSIGNMENT": "tiny",
    "USERNAME": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
    "REVIEW_URL": "",
}
DOUBLE = TaskReport(
    "double",
    "Task: double | a <number>",
    Outcome.PASSED,
    2.0,
    2.0,
    (CheckReport("test_double_of_two", "Twice two is four.", True, Outcome.PASSED),),
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_tiny_course(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def files(tiny):
    return classroom50_files(tiny.labs[0])


@pytest.fixture
def bundle(tmp_path, files):
    folder = tmp_path / "bundle"
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "checkout"
    hand_in(folder / "exercises", **{LAB: notebook(*RIGHT), "70_other": notebook("x = 1")})
    return folder


def graded(submission, course):
    return Report(submission.id, submission.student, submission.source, LAB, (DOUBLE,), isolation="L2")


def written(checkout):
    result = json.loads((checkout / "result.json").read_text("utf-8"))
    assert classroom50_problems(result) == []
    return result


def test_the_bundle_holds_no_answer_and_no_hidden_check(files):
    assert not [
        name for name in files if "hidden" in name.replace("templates/hidden.py.j2", "") or "solutions/" in name
    ]
    assert not [name for name, data in files.items() if CANARY.encode() in data]


def test_the_bundle_of_a_lab_of_ours_holds_no_answer_and_no_hidden_check():
    lab = next(lab for lab in load_course(ROOT).labs if lab.name == "02_immutability")
    everything = b"\n".join(classroom50_files(lab).values()).decode("utf-8", "replace")
    hidden = [line for line in lab.hidden_checks.read_text("utf-8").splitlines() if line.startswith("def test_")]
    assert hidden
    assert [line for line in hidden if line in everything] == []
    solution = lab.source.read_text("utf-8").split("# BEGIN SOLUTION\n")[1].split("# END SOLUTION")[0].strip()
    assert solution not in everything


def test_the_entry_is_a_script_beside_what_it_needs(files):
    assert files["autograder.py"] == (ROOT / "autograder/export/classroom50_entry.py").read_bytes()
    assert {"requirements/instructor.txt", "package/pyproject.toml", "package/autograder/grade.py"} <= files.keys()
    assert {f"lab/test_{LAB}.py", "lab/lab.json", f"exercises/{LAB}.ipynb", "runtime.json"} <= files.keys()
    assert sum(map(len, files.values())) < 10 << 20


def test_the_bundle_says_that_it_is_public_and_its_score_practice(files):
    readme = " ".join(files["README.md"].decode().split())
    assert "Everything here is public" in readme
    assert "take its score for practice" in readme
    assert "3 points are 300." in readme


def test_a_lab_comes_back_without_its_answers(tiny, bundle):
    (back,) = visible_course(bundle).labs
    bare = tuple(replace(task, hints=(), starter="") for task in tiny.labs[0].tasks)
    assert (back.name, back.tasks, back.all_hidden) == (LAB, bare, ())


def test_a_bundle_that_was_cut_is_named(bundle):
    (bundle / "lab" / "lab.json").write_text("{}", "utf-8")
    with pytest.raises(ExportError, match=r"lab\.json: cannot be read .*Export the bundle again"):
        visible_course(bundle)


def test_a_checkout_gets_its_result_and_a_page_for_the_release(bundle, checkout):
    run(bundle, checkout, RUNNER, graded)
    result = written(checkout)
    assert (result["score"], result["max-score"], result["owner"]) == (200, 200, "ada")
    body = (checkout / "release-body.md").read_text("utf-8")
    assert body.startswith("2 of 2 points by the visible checks.")
    assert r"| ✓ passed | double: double \| a &lt;number> | 2/2 |" in body


def test_of_the_notebooks_of_a_checkout_that_of_the_lab_is_graded(bundle, checkout):
    hand_in(checkout / "copies", copy=notebook(*RIGHT))
    taken = []
    run(bundle, checkout, RUNNER, lambda one, course: taken.append(one.filename) or graded(one, course))
    assert taken == [f"{LAB}.ipynb"]


def test_a_checkout_without_the_notebook_gets_nothing_and_is_told(bundle, tmp_path):
    (tmp_path / "empty").mkdir()
    run(bundle, tmp_path / "empty", RUNNER, graded)
    result = written(tmp_path / "empty")
    assert (result["score"], result["tests"][0]["passed"]) == (0, False)
    assert f"Hand in one notebook, {LAB}.ipynb." in result["tests"][0]["output"]


def test_a_fault_of_ours_writes_no_result(bundle, checkout):
    with pytest.raises(ExportError, match="could not be graded"):
        run(bundle, checkout, RUNNER, lambda one, course: replace(graded(one, course), faults=("boom",)))
    assert not (checkout / "result.json").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the job runs on Linux")
def test_a_grade_job_from_the_bundle_to_the_result(bundle, checkout, tmp_path):
    program = tmp_path / "venv" / "bin" / "autograder"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m autograder "$@"\n', "utf-8")
    program.chmod(0o755)
    hand_in(checkout / "exercises", **{LAB: notebook("def double(x):\n    return 4", "seven = 8")})
    (checkout / "json.py").write_text("raise SystemExit('a student was here')", "utf-8")
    environment = {**os.environ, **RUNNER, "DLFB_LAB_VENV": str(tmp_path / "venv"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", bundle / "autograder.py"]
    ended = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    result = written(checkout)
    # The hidden check, which `double` would fail, is not here.
    assert [(test["score"], test["passed"]) for test in result["tests"]] == [(200, True), (0, False)]
