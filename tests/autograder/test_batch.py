"""Many submissions: one output folder, nothing graded twice, nothing lost when a worker or the whole run dies."""

import dataclasses
import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from autograder import batch
from autograder.batch import MAX_POOLS, OutputUnusable, finished, grade_all, output_folder
from autograder.collect import collect
from autograder.fingerprint import fingerprint_of
from autograder.report.record import CheckReport, Report, TaskReport
from autograder.report.write import report_path, write_report
from autograder.sandbox.errors import SandboxError
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "tests" / "submissions"


@pytest.fixture(scope="module")
def three():
    """Three submissions that are graded at once, for there is nothing to run."""
    return collect([STORIES / story for story in ("empty_file", "not_json", "written_in_r")]).submissions


def report_on(submission, course, settings, **changes):
    fingerprint = fingerprint_of(submission, course, settings.seed, settings.limits)
    report = Report(submission.id, submission.student, submission.source, "", fingerprint=fingerprint)
    return dataclasses.replace(report, **changes)


def test_an_output_folder_is_made_and_held(tmp_path):
    out = tmp_path / "new" / "out"
    with output_folder(out):
        assert out.is_dir()
        with pytest.raises(OutputUnusable) as caught, output_folder(out):
            pass
    said = f"Another run is writing to {out}. Wait until it has ended, or choose another folder with --out."
    assert str(caught.value) == said


def test_a_file_is_no_output_folder(tmp_path):
    (tmp_path / "out").touch()
    with pytest.raises(OutputUnusable) as caught, output_folder(tmp_path / "out"):
        pass
    assert str(caught.value) == f"{tmp_path / 'out'} is a file, not a folder. Choose another place with --out."


def test_an_output_folder_is_free_again_when_its_run_has_ended(tmp_path):
    for _ in range(2):
        with output_folder(tmp_path):
            pass


def test_an_output_folder_is_free_again_when_its_run_was_killed(tmp_path):
    hold = "import sys, pathlib; from autograder.batch import output_folder\n"
    hold += "with output_folder(pathlib.Path(sys.argv[1])): print('held', flush=True); input()"
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutputUnusable), output_folder(tmp_path):
            pass
        other.kill()
    with output_folder(tmp_path):
        pass


def test_a_report_on_the_same_work_is_found_again(tmp_path, three, course, settings):
    report = report_on(three[0], course, settings, isolation="L2")
    write_report(report, tmp_path)
    assert finished(three[0], course, settings, tmp_path, "L2") == report


def test_a_report_without_a_file_is_none(tmp_path, three, course, settings):
    assert finished(three[0], course, settings, tmp_path, "L2") is None


def test_a_report_that_was_cut_short_is_none(tmp_path, three, course, settings):
    write_report(report_on(three[0], course, settings), tmp_path)
    path = report_path(three[0].id, tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    assert finished(three[0], course, settings, tmp_path, "L2") is None


def test_changed_work_is_graded_again(tmp_path, three, course, settings):
    write_report(report_on(three[0], course, settings), tmp_path)
    changed = dataclasses.replace(three[0], data=b"{}")
    assert finished(changed, course, settings, tmp_path, "L2") is None


@pytest.mark.parametrize("change", [{"seed": 2}, {"limits": None}])
def test_work_under_another_seed_or_other_limits_is_graded_again(tmp_path, three, course, settings, change):
    write_report(report_on(three[0], course, settings), tmp_path)
    if "limits" in change:
        change = {"limits": dataclasses.replace(settings.limits, wall_request=99.0)}
    assert finished(three[0], course, dataclasses.replace(settings, **change), tmp_path, "L2") is None


def test_work_that_was_too_little_isolated_is_graded_again(tmp_path, three, course, settings):
    write_report(report_on(three[0], course, settings, isolation="L1"), tmp_path)
    assert finished(three[0], course, settings, tmp_path, "L2") is None
    assert finished(three[0], course, settings, tmp_path, "L1") is not None


def test_work_that_met_a_fault_of_ours_is_graded_again(tmp_path, three, course, settings):
    check = CheckReport("test_x_holds", "It holds.", True, Outcome.GRADER_ERROR)
    task = TaskReport("x", "X", Outcome.GRADER_ERROR, 1.0, 1.0, (check,))
    write_report(report_on(three[0], course, settings, tasks=(task,)), tmp_path)
    assert finished(three[0], course, settings, tmp_path, "L2") is None


def test_nothing_to_grade_starts_nothing(tmp_path, settings, monkeypatch):
    monkeypatch.setattr(batch, "_one_pool", lambda *args: pytest.fail("a pool was started"))
    grade_all([], settings, tmp_path, workers=2, required="L2", on_report=print)


def test_after_a_death_only_the_rest_is_graded(tmp_path, three, course, settings, monkeypatch):
    asked = []

    def dies_after_one(submissions, settings, workers, required, done):
        asked.append([one.id for one in submissions])
        done(report_on(submissions[0], course, settings))
        raise BrokenProcessPool

    monkeypatch.setattr(batch, "_one_pool", dies_after_one)
    seen = []
    grade_all(three, settings, tmp_path, workers=1, required="L2", on_report=seen.append)
    ids = [one.id for one in three]
    assert asked == [ids, ids[1:], ids[2:]]
    assert [report.submission for report in seen] == ids


def test_death_after_death_is_given_up_with_a_sentence(tmp_path, three, settings, monkeypatch):
    def dies(*args):
        raise BrokenProcessPool

    monkeypatch.setattr(batch, "_one_pool", dies)
    with pytest.raises(SandboxError) as caught:
        grade_all(three, settings, tmp_path, workers=1, required="L2", on_report=print)
    names = ", ".join(one.id for one in three)
    assert str(caught.value) == f"Worker processes died {MAX_POOLS} times. Not graded: 3, among them {names}."


def test_a_killed_worker_costs_nothing_but_time(tmp_path, three, settings):
    """The worker dies with the first report; another one does the rest."""
    seen = []

    def kill_after_the_first(report):
        seen.append(report.submission)
        if len(seen) == 1:
            for worker in multiprocessing.active_children():
                os.kill(worker.pid, signal.SIGKILL)

    grade_all(three, settings, tmp_path, workers=1, required="L1", on_report=kill_after_the_first)
    assert sorted(seen) == sorted(one.id for one in three)
    assert all(report_path(one.id, tmp_path).exists() for one in three)
