"""The practice level, which macOS and Windows get, forced on this system: the same verdicts, without walls."""

import dataclasses
import json
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import cli, doctor
from autograder.collect import Submission, collect
from autograder.course import load_course
from autograder.grade import Grader, Settings
from autograder.sandbox import _start, practice
from autograder.sandbox.channel import ChannelClosed, DeadlineExceeded
from autograder.sandbox.launch import Exit, SandboxError
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import start_sandbox
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "tests" / "submissions"
ECHO = "autograder.sandbox.entries:echo"
END = "autograder.sandbox.entries:end"
LIMITS = Limits(wall_request=8, wall_submission=180)

unix = pytest.mark.skipif(sys.platform == "win32", reason="process groups are a Unix thing")


def soon(seconds=60.0):
    return time.monotonic() + seconds


@pytest.fixture(scope="module")
def sandbox():
    with start_sandbox(practice=True) as running:
        yield running


@pytest.fixture(scope="module")
def at_practice(sandbox):
    """A grader at practice level."""
    course = load_course(ROOT)
    return Grader(course, sandbox, Settings(course.root, course.seed, LIMITS), "L1")


@pytest.fixture(scope="module")
def in_the_sandbox(zygote):
    """The same grader with a sandbox."""
    course = load_course(ROOT)
    return Grader(course, zygote, Settings(course.root, course.seed, LIMITS), "L2")


def verdict(report):
    return dataclasses.replace(report, isolation="")


def notebook(*cells):
    """A hand-in for the second lab with these cells."""
    made = [{"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": cell} for n, cell in enumerate(cells)]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}).encode()
    return Submission("ada", "ada", "ada", "02_immutability.ipynb", data)


def gone(pid):
    """Whether a process has ended; a dead one that nobody has collected counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_child_hears_answers_and_leaves_no_folder(sandbox):
    with sandbox.spawn(entry=ECHO) as child:
        child.channel.send(b"hello", deadline=soon())
        assert child.channel.receive(100, soon()) == b"hello"
        assert child.level == "L1"
        assert child.scratch.is_dir()
        with pytest.raises(DeadlineExceeded):
            child.channel.receive(100, soon(0.1))
    assert not child.scratch.exists()


@unix
@pytest.mark.parametrize(("told", "ended"), [(3, Exit(3, None)), (-11, Exit(None, 11))])
def test_how_a_child_ended_is_told(sandbox, told, ended):
    with sandbox.spawn(entry=END) as child:
        child.channel.send(str(told).encode(), deadline=soon())
        with pytest.raises(ChannelClosed):
            child.channel.receive(100, soon())
        assert child.kill() == ended
        assert child.kill() == ended


@unix
def test_a_busy_child_is_killed_with_what_it_started(at_practice, tmp_path):
    told = tmp_path / "pid"
    start = f"import subprocess\nopen({str(told)!r}, 'w').write(str(subprocess.Popen(['sleep', '600']).pid))"
    report = at_practice.grade(notebook(start))
    assert report.cells == ()
    assert gone(told.read_text())


def test_closing_ends_every_child():
    with start_sandbox(practice=True) as sandbox:
        child = sandbox.spawn(entry="autograder.sandbox.entries:burn")
    assert child.wait(soon(1)).code != 0
    assert not child.scratch.parent.exists()


def test_a_child_whose_grader_is_gone_ends_by_itself(monkeypatch):
    """Even one that never looks at its channel."""
    monkeypatch.setattr(practice, "_GRACE", 0.0)
    with start_sandbox(practice=True) as sandbox:
        child = sandbox.spawn(Limits(wall_submission=1.0, cpu=60), entry="autograder.sandbox.entries:burn")
        assert child.wait(soon()) == Exit(1, None)


def test_a_child_that_does_not_start_is_our_fault_and_says_what_it_wrote(monkeypatch):
    monkeypatch.setattr(_start, "installed_packages", list)
    with start_sandbox(practice=True) as sandbox, pytest.raises(SandboxError, match="No module named"):
        sandbox.spawn(entry=ECHO)


def story(name):
    return collect([STORIES / name]).submissions[0]


@pytest.mark.parametrize(
    ("submission", "outcome"),
    [
        (story("all_right"), Outcome.PASSED),
        (story("sets_instead_of_adding"), Outcome.FAILED),
        (notebook("def set_first(x, value):\n    while True:\n        pass"), Outcome.TIMED_OUT),
        (notebook("import os\nos._exit(3)\ndef set_first(x, value):\n    return x"), Outcome.CRASHED),
    ],
    ids=["right", "wrong", "hanging", "exits"],
)
def test_the_verdict_is_the_same_as_in_the_sandbox(submission, outcome, at_practice, in_the_sandbox):
    report = at_practice.grade(submission)
    assert report.isolation == "L1"
    assert outcome in {part.outcome for part in (*report.tasks, *report.cells)}
    assert verdict(report) == verdict(in_the_sandbox.grade(submission))


def test_what_a_notebook_prints_disturbs_nothing(at_practice):
    noise = "import os, sys\nfor fd in (0, 1, 2):\n    os.write(fd, b'x' * 100)\nprint('noise', flush=True)"
    ask = "try:\n    input()\nexcept EOFError:\n    pass"
    report = at_practice.grade(notebook(noise, ask))
    assert report.cells == ()
    assert {task.outcome for task in report.tasks} == {Outcome.NOT_ATTEMPTED}


def test_the_doctor_says_that_there_is_no_sandbox_and_tries_what_is_promised(sandbox):
    diagnosis = doctor.diagnose(ROOT, sandbox)
    assert diagnosis.level == "L1"
    assert diagnosis.healthy, doctor.render(diagnosis)
    first, *_, last = doctor.render(diagnosis).splitlines()
    assert first.startswith("Practice level, no sandbox: on ")
    assert "For grades that count, use Linux, WSL2 or the dev container." in first
    assert last.startswith("Level L1: practice level")


def test_where_there_is_no_sandbox_official_grading_is_refused_at_once(monkeypatch, tmp_path):
    monkeypatch.setattr(cli, "practice_note", lambda: "Practice level, no sandbox: use WSL2.")
    ended = CliRunner().invoke(cli.app, ["grade", str(STORIES), "--out", str(tmp_path / "out")])
    assert ended.exit_code == 4
    assert ended.output == (
        "Practice level, no sandbox: use WSL2. To practice all the same, say --require-isolation L1.\n"
    )
    assert not (tmp_path / "out").exists()


def test_practice_that_was_asked_for_is_not_refused_but_says_what_it_is(monkeypatch, tmp_path):
    monkeypatch.setattr(cli, "practice_note", lambda: "Practice level, no sandbox: use WSL2.")
    nothing = ["grade", str(tmp_path), "--out", str(tmp_path / "out"), "--require-isolation", "L1"]
    ended = CliRunner().invoke(cli.app, nothing)
    assert ended.exit_code == 2
    assert ended.output.startswith("Practice level, no sandbox: use WSL2.\n")


def test_where_there_is_a_sandbox_nothing_is_said_of_practice():
    if sys.platform != "linux":
        pytest.skip("here there is none")
    assert cli.practice_note() == ""
