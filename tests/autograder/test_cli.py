"""The `autograder` command: what it says, where it leaves what, and the exit codes that its help promises."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import batch, worker
from autograder.batch import output_folder
from autograder.cli import app
from autograder.grade import Grader
from autograder.report import write
from autograder.report.record import CheckReport, Report, TaskReport
from autograder.sandbox.errors import SandboxError
from autograder.schedule import Ended
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "tests" / "submissions"
COMMAND = [sys.executable, "-m", "autograder"]
# Graded at once, for there is nothing to run in it.
EMPTY = STORIES / "empty_file"

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


@pytest.fixture
def command(monkeypatch, course, zygote, level):
    """Runs `autograder` with these arguments in this process, its workers too."""

    class Here:
        """As `Schedule`, without processes."""

        def __init__(self, submissions, ledger, new_worker, count, patience):
            self.submissions = submissions
            self.settings, self.required = new_worker()

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def results(self):
            for submission, _ in self.submissions:
                worker._insist(level, self.required)
                yield Ended(submission, Grader(course, zygote, self.settings, level).grade(submission))

    monkeypatch.setattr(batch, "Schedule", Here)
    monkeypatch.setattr(batch, "WorkerProcess", lambda serve, settings, required: (settings, required))
    monkeypatch.setattr(sys, "argv", ["autograder"])
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def instead(monkeypatch):
    """Lets the graders of `command` do something else."""

    def replace(action):
        monkeypatch.setattr(Grader, "grade", lambda self, submission: action(submission))

    return replace


def said(result):
    return " ".join(result.output.split())


def reports(out):
    return {path.stem: path for path in sorted((out / "reports").glob("*.json"))}


# ---- What it leaves -------------------------------------------------------------------------------------------------


def test_it_leaves_pages_scores_and_reports(command, tmp_path):
    result = command("grade", EMPTY, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "index.html").exists()
    assert "empty_file" in (tmp_path / "out" / "scores.csv").read_text("utf-8-sig")
    assert list(reports(tmp_path / "out")) == ["empty_file--02_immutability"]
    assert f"Start page: {tmp_path / 'out' / 'index.html'}" in said(result)


def test_unchanged_work_is_not_graded_again(command, tmp_path):
    command("grade", EMPTY, "--out", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in reports(tmp_path).values()}
    result = command("grade", EMPTY, "--out", tmp_path)
    assert "Unchanged since they were graded: 1 of 1." in said(result)
    assert {path: path.stat().st_mtime_ns for path in reports(tmp_path).values()} == before
    assert "empty_file" in said(result), "the table shows it all the same"


def test_another_seed_is_other_work(command, tmp_path):
    marks = []
    for seed in ([], ["--seed", "5"]):
        result = command("grade", EMPTY, "--out", tmp_path, *seed)
        assert "Unchanged" not in said(result)
        (path,) = reports(tmp_path).values()
        marks.append(json.loads(path.read_text("utf-8"))["fingerprint"])
    assert marks[0] != marks[1]


def test_a_handed_in_zip_and_a_tree_of_nbgrader_are_taken(command, tmp_path):
    given = tmp_path / "submitted" / "ada" / "ps1" / "02_immutability.ipynb"
    given.parent.mkdir(parents=True)
    given.touch()
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("grace/02_immutability.ipynb", b"")
    result = command("grade", tmp_path / "submitted", tmp_path / "class.zip", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    students = {json.loads(path.read_text("utf-8"))["student"] for path in reports(tmp_path / "out").values()}
    assert students == {"ada", "grace"}


def test_a_notebook_of_no_lab_is_reported_and_no_error(command, course, tmp_path):
    result = command("grade", STORIES / "no_lab_in_sight", "--out", tmp_path)
    assert result.exit_code == 0
    labs = ", ".join(lab.name for lab in course.labs)
    assert f"Rename the file after its lab ({labs}) and hand it in again." in said(result)


# ---- Exit code 2: wrong input ---------------------------------------------------------------------------------------


def test_a_path_that_is_not_there(command, tmp_path):
    result = command("grade", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{tmp_path / 'nowhere'} does not exist. Give a notebook, a folder or a zip that does." in said(result)
    assert not (tmp_path / "out").exists()


def test_a_path_that_is_not_there_beside_others_is_said_and_the_others_are_graded(command, tmp_path):
    result = command("grade", tmp_path / "nowhere", EMPTY, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert f"! {tmp_path / 'nowhere'} does not exist." in said(result)
    assert "nowhere does not exist" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_folder_without_notebooks(command, tmp_path):
    (tmp_path / "holiday.jpg").touch()
    result = command("grade", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{tmp_path} holds no notebook (.ipynb). Give a notebook, or a folder or zip of notebooks." in said(result)
    assert "Nothing to grade was found." in said(result)


def test_a_course_that_is_none(command, tmp_path):
    result = command("grade", EMPTY, "--out", tmp_path / "out", "--course", tmp_path)
    assert result.exit_code == 2
    expected = f"{tmp_path}: no course, for it has no folder `solutions`. Name a course folder with --course."
    assert said(result) == expected


def test_an_isolation_that_is_none(command, tmp_path):
    result = command("grade", EMPTY, "--out", tmp_path / "out", "--require-isolation", "L9")
    assert (result.exit_code, said(result)) == (2, "--require-isolation is L1, L2 or L3, not 'L9'.")


@pytest.mark.parametrize("options", [[], ["--out", "x", "--timeout", "0"], ["--out", "x", "--workers", "none"]])
def test_options_that_are_wrong(command, options):
    result = command("grade", EMPTY, *options)
    assert result.exit_code == 2
    assert "Usage:" in result.output


def test_an_output_folder_in_use(command, tmp_path):
    with output_folder(tmp_path):
        result = command("grade", EMPTY, "--out", tmp_path)
    expected = f"Another run is writing to {tmp_path}. Wait until it has ended, or choose another folder with --out."
    assert result.exit_code == 2
    assert expected in said(result)


def test_an_output_folder_that_is_a_file(command, tmp_path):
    (tmp_path / "out").write_text("mine")
    result = command("grade", EMPTY, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{tmp_path / 'out'} is a file, not a folder. Choose another place with --out." in said(result)
    assert (tmp_path / "out").read_text() == "mine"


# ---- Exit code 1: it could not be done ------------------------------------------------------------------------------


@pytest.fixture
def forbidden(tmp_path):
    """A folder in which nobody may make another; for root, which may write anywhere else, one of the kernel's own."""
    if os.geteuid() == 0:
        if not Path("/sys/kernel").is_dir():
            pytest.skip("root may write everywhere here")
        return Path("/sys/kernel")
    tmp_path.chmod(0o500)
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs the permissions of POSIX")
def test_no_permission_to_write(command, forbidden):
    result = command("grade", EMPTY, "--out", forbidden / "out")
    assert result.exit_code == 1
    assert re.search(rf"(Operation not permitted|Permission denied) \({forbidden}/out\)\.", said(result))
    assert said(result).endswith("mend this and run the same command again.")


def test_a_full_disk(command, tmp_path, monkeypatch):
    """What was graded before stays whole, and the next run goes on from there."""
    command("grade", EMPTY, "--out", tmp_path)
    (kept,) = reports(tmp_path).values()

    def full(fd):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    both = [EMPTY, STORIES / "not_json"]
    with monkeypatch.context() as patched:
        patched.setattr(write.os, "fsync", full)
        result = command("grade", *both, "--out", tmp_path)
    assert result.exit_code == 1
    page = tmp_path / "feedback" / "not_json--03_random_keys.html"
    advice = "What was graded is kept; mend this and run the same command again."
    assert f"No space left on device ({page}). {advice}" in said(result)
    assert list(reports(tmp_path)) == [kept.stem]
    assert not list(tmp_path.rglob(".writing-*"))
    # The report itself is in the ledger: the next run writes its files.
    assert "Unchanged since they were graded: 2 of 2." in said(command("grade", *both, "--out", tmp_path))
    assert len(reports(tmp_path)) == 2
    assert page.exists()


def test_a_sandbox_that_fails(command, instead, tmp_path):
    def fail(submission):
        raise SandboxError("The sandbox's fork server has died.")

    instead(fail)
    result = command("grade", EMPTY, "--out", tmp_path)
    assert result.exit_code == 1
    assert "The sandbox's fork server has died." in said(result)


# ---- Exit codes 3, 4 and 130 ----------------------------------------------------------------------------------------


def test_a_fault_of_ours_is_loud_and_costs_nothing(command, instead, tmp_path):
    def faulty(submission):
        check = CheckReport("test_x_holds", "It holds.", True, Outcome.GRADER_ERROR)
        task = TaskReport("x", "X", Outcome.GRADER_ERROR, 1.0, 1.0, (check,))
        return Report(submission.id, submission.student, submission.source, "02_immutability", (task,))

    instead(faulty)
    result = command("grade", EMPTY, "--out", tmp_path)
    assert result.exit_code == 3
    assert "A check of ours could not judge some answers. No points were lost; see the start page." in said(result)
    assert "1/1" in said(result)


def test_isolation_below_what_is_required(command, level, tmp_path):
    if level == "L3":
        pytest.skip("this machine reaches the highest level")
    result = command("grade", EMPTY, "--out", tmp_path, "--require-isolation", "L3")
    assert result.exit_code == 4
    assert f"This machine reaches isolation level {level}; L3 is required." in said(result)
    assert not reports(tmp_path)


def test_ctrl_c_in_this_process(command, instead, tmp_path):
    def interrupted(submission):
        raise KeyboardInterrupt

    instead(interrupted)
    result = command("grade", EMPTY, "--out", tmp_path)
    assert result.exit_code == 130
    assert "Interrupted. What was graded is kept; run the same command again to go on." in said(result)


@linux
def test_ctrl_c_ends_every_process_and_the_next_run_goes_on(command, tmp_path):
    """As at a terminal, where every process of the command gets the signal."""
    handed_in, out = tmp_path / "class", tmp_path / "out"
    for story in ("empty_file", "never_returns"):
        shutil.copytree(STORIES / story, handed_in / story)
    run = [*COMMAND, "grade", str(handed_in), "--out", str(out), "--timeout", "300", "--workers", "2"]
    with subprocess.Popen(run, cwd=ROOT, stderr=-1, stdout=-1, text=True, start_new_session=True) as running:
        # The empty file is done, and a child runs the other one: it is the child of a zygote of a worker.
        assert eventually(lambda: reports(out) and depth(running.pid) >= 3), "it did not come so far"
        below = descendants(running.pid)
        os.killpg(running.pid, signal.SIGINT)
        output = " ".join("".join(running.communicate(timeout=60)).split())
    assert running.returncode == 130
    assert "Interrupted. What was graded is kept; run the same command again to go on." in output
    assert "Traceback" not in output
    assert eventually(lambda: not any(alive(pid) for pid in below)), "processes are left behind"
    assert list(reports(out)) == ["empty_file--02_immutability"]
    shutil.copy(STORIES / "not_json" / "03_random_keys.ipynb", handed_in / "never_returns")
    result = command("grade", handed_in, "--out", out, "--timeout", "300")
    assert "Unchanged since they were graded: 1 of 2." in said(result)
    assert len(reports(out)) == 2


@linux
def test_workers_end_with_a_command_that_was_killed(tmp_path):
    run = [*COMMAND, "grade", str(STORIES / "never_returns"), "--out", str(tmp_path), "--timeout", "300"]
    with subprocess.Popen(run, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as running:
        assert eventually(lambda: depth(running.pid) >= 3), "it did not come so far"
        below = descendants(running.pid)
        running.kill()
    assert eventually(lambda: not any(alive(pid) for pid in below)), "processes are left behind"


def descendants(pid):
    """All processes beneath `pid`."""
    return [one for child in children(pid) for one in (child, *descendants(child))]


def depth(pid):
    """How many generations are beneath `pid`."""
    return max((1 + depth(child) for child in children(pid)), default=0)


def children(pid):
    try:
        return [
            int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(condition, seconds=120.0):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


# ---- The whole class, by the real command ---------------------------------------------------------------------------


def test_the_class_is_shown_as_a_table(graded_class):
    for words in ("02_immutability", "03_random_keys", "all_right", "15/15", "21/21", "Not graded:", "Start page:"):
        assert words in graded_class.said


def test_the_help_names_every_exit_code(command):
    text = said(command("grade", "--help"))
    assert all(f"{code} " in text.partition("Exit codes:")[2] for code in (0, 1, 2, 3, 4, 130))


def test_build_says_that_all_is_up_to_date(command):
    result = command("build", "--check")
    assert (result.exit_code, said(result)) == (0, "Everything built is up to date.")


def test_build_says_what_would_change(command, tmp_path):
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    result = command("build", "--check", "--course", tmp_path)
    assert result.exit_code == 1
    assert said(result).endswith("Run `autograder build`.")
    assert not (tmp_path / "exercises").exists()
