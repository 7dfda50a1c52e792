"""`--json`: one object on standard output and nothing else there; `-v`: what is done, and no secrets."""

import ast
import json
import logging
import os
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import batch, doctor, log, verify
from autograder.cli import app
from autograder.doctor import HELD, Diagnosis, Result
from autograder.grade import Grader
from autograder.schedule import Ended
from autograder.verify import Kept, Problem, Rule

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "course"
EMPTY = ROOT / "tests" / "submissions" / "empty_file"


@pytest.fixture
def run(monkeypatch):
    """Runs `autograder` with these arguments."""
    monkeypatch.setenv(log.VARIABLE, "")
    yield lambda *words: CliRunner().invoke(app, [str(word) for word in words])
    logger = logging.getLogger("autograder")
    logger.handlers.clear()
    logger.setLevel(logging.NOTSET)
    logger.propagate = True


@pytest.fixture
def no_workers(monkeypatch, course):
    """Grades what needs no sandbox, in this process."""

    class Here:
        def __init__(self, submissions, ledger, new_worker, count, patience):
            self.submissions, self.settings = submissions, new_worker()

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def results(self):
            for submission, _ in self.submissions:
                yield Ended(submission, Grader(course, None, self.settings, "L2").grade(submission))

    monkeypatch.setattr(batch, "Schedule", Here)
    monkeypatch.setattr(batch, "WorkerProcess", lambda serve, settings, required: settings)


@pytest.fixture
def small_course(tmp_path):
    """A copy of the small course that may be changed."""
    return shutil.copytree(COURSE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))


# ---- grade ----------------------------------------------------------------------------------------------------------


def test_grade(run, no_workers, tmp_path):
    result = run("grade", EMPTY, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    (row,) = data["submissions"]
    assert (row["student"], row["lab"], row["points"]) == ("empty_file", "02_immutability", 0.0)
    assert "The file is empty." in row["problem"]
    assert all(Path(path).is_file() for path in (data["start"], data["scores"], row["report"], row["feedback"]))
    assert (data["grader_errors"], data["problems"], data["gradebook"]) == (0, [], None)


def test_grade_says_the_same_on_what_was_graded_before(run, no_workers, tmp_path):
    first, second = (run("grade", EMPTY, "--out", tmp_path / "out", "--json") for _ in range(2))
    assert first.stdout == second.stdout
    assert "Unchanged" in second.stderr


def test_grade_with_a_fault_of_ours_prints_its_object_and_ends_with_3(run, no_workers, monkeypatch, tmp_path):
    def breaks(self, submission):
        raise ValueError("broken")

    monkeypatch.setattr(Grader, "_graded", breaks)
    result = run("grade", EMPTY, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["grader_errors"] == 1


def test_wrong_input_ends_with_2_and_leaves_standard_output_empty(run, tmp_path):
    for words in (
        ["grade", tmp_path / "nowhere", "--out", tmp_path / "out", "--json"],
        ["grade", EMPTY, "--out", tmp_path / "out", "--require-isolation", "L9", "--json"],
        ["build", "--course", tmp_path, "--json"],
        ["new", "no_such_lab.task", "--course", COURSE, "--json"],
        ["verify", "--course", tmp_path, "--json"],
    ):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, ""), words
        assert result.stderr.strip()


# ---- build, new, verify, doctor -------------------------------------------------------------------------------------


def test_build(run, small_course):
    result = run("build", "--course", small_course, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"changed": [], "up_to_date": True, "wrote": False})
    (small_course / "exercises" / "90_kinds.ipynb").write_text("{}")
    result = run("build", "--course", small_course, "--check", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["up_to_date"], data["wrote"], len(data["changed"])) == (1, False, False, 1)
    data = json.loads(run("build", "--course", small_course, "--json").stdout)
    assert (data["wrote"], len(data["changed"])) == (True, 1)


def test_new(run, small_course):
    result = run("new", "90_kinds.fold_rna", "--course", small_course, "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 0
    assert any("90_kinds.py: extended." in line for line in data["written"])
    assert any(f"autograder verify 90_kinds.fold_rna --course {small_course}" in step for step in data["next"])
    again = run("new", "90_kinds.fold_rna", "--course", small_course, "--json")
    assert (again.exit_code, again.stdout) == (2, "")


def test_verify(run, monkeypatch):
    rules = [Rule("places", "Every place is filled.", list), Rule("names", "Names mirror.", list)]
    found = [[Problem("here", "wrong.", "Mend it.")], None]
    kept = [Kept(rule, problems) for rule, problems in zip(rules, found, strict=True)]
    monkeypatch.setattr(verify, "keep_rules", lambda house, before: iter(kept))
    result = run("verify", "--course", COURSE, "--json")
    assert result.exit_code == 1
    places, names = json.loads(result.stdout)["rules"]
    assert (places["holds"], places["problems"]) == (False, [{"where": "here", "what": "wrong.", "todo": "Mend it."}])
    assert (names["holds"], names["problems"]) == (None, [])
    assert "Broken: places. The other rules wait for it." in result.stderr


@pytest.mark.parametrize(("level", "code"), [("L2", 0), ("L1", 4)])
def test_doctor(run, monkeypatch, level, code):
    attack = Result("read_file", "read a file", HELD, "L2", "denied")
    monkeypatch.setattr(doctor, "diagnose", lambda course: Diagnosis(level, (attack,)))
    result = run("doctor", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["level"], data["official"], data["healthy"]) == (code, level, code == 0, True)
    assert data["attacks"][0]["outcome"] == HELD


# ---- -v -------------------------------------------------------------------------------------------------------------


def test_with_v_it_tells_what_it_does_with_the_time_and_standard_output_stays_as_it_is(run, no_workers, tmp_path):
    result = run("grade", EMPTY, "--out", tmp_path / "out", "--json", "-v")
    assert json.loads(result.stdout)
    told = [line for line in result.stderr.splitlines() if " autograder." in line]
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}  \d+  autograder\.\w+: ", line) for line in told)
    words = " ".join(told)
    for expected in (
        "read the course in",
        "1 submissions, 0 problems",
        "wrote the report of empty_file--02_immutability",
    ):
        assert expected in words


def test_without_v_it_is_quiet(run, no_workers, tmp_path):
    assert " autograder." not in run("grade", EMPTY, "--out", tmp_path / "out").stderr


def test_processes_that_it_starts_tell_too_and_others_do_not(run, monkeypatch):
    log.go_on_logging()
    assert not log.is_logging()
    monkeypatch.setenv(log.VARIABLE, "1")
    log.go_on_logging()
    log.go_on_logging()
    assert log.is_logging()
    assert len(logging.getLogger("autograder").handlers) == 1
    assert os.environ[log.VARIABLE] == "1"


# Every line that is told, by its file, with the values in it: no student's text, no hidden input, no seed.
TOLD = {
    "batch": {"wrote the report of %s": ["report.submission"]},
    "collect": {
        "read %s: %d submissions, %d problems, %d files passed over": ["one_line(str(path))", "*counts"],
    },
    "compile_cache": {
        "cache %s: filled before": ["folder.name"],
        "cache %s: being filled with the course's own answers": ["folder.name"],
        "cache %s: filled": ["folder.name"],
    },
    "course": {
        "read the course in %s: %d labs, %d tasks": ["shown", "len(labs)", "sum((len(lab.tasks) for lab in labs))"],
    },
    "schedule": {
        "worker %s started": ["self._desks[-1].worker.pid"],
        "worker %s is ready": ["desk.worker.pid"],
        "worker %s has %s": ["desk.worker.pid", "submission.id"],
        "worker %s is done with %s after %.1f s": ["desk.worker.pid", "submission.id", "message.seconds"],
        "worker %s is gone, with %s: %s": ["desk.worker.pid", "desk.submission and desk.submission.id", "why"],
    },
    "session": {
        "child %s started (number %s)": ["self._child.pid", "self._children"],
        "child %s is given up: %s": ["self._child and self._child.pid", "outcome"],
    },
    "worker": {"the sandbox runs; attacks on it show level %s": ["measured"]},
}


def test_no_line_tells_what_a_student_wrote_or_where_hidden_inputs_come_from():
    """Whoever adds a line adds it here, too, and looks at what is in it."""
    told = {}
    for path in (ROOT / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_log."):
                message, *values = node.args
                told.setdefault(path.stem, {})[ast.literal_eval(message)] = [ast.unparse(value) for value in values]
    assert told == TOLD
