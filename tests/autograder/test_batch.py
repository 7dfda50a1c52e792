"""Many submissions: one output folder, nothing graded twice, nothing lost when a worker or the whole run dies."""

import dataclasses
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from stand_in import serve

from autograder.batch import OutputUnusable, finished, grade_all, output_folder, restore
from autograder.collect import Submission, collect
from autograder.fingerprint import fingerprint_of
from autograder.ledger import Ledger
from autograder.report.json_file import from_json, to_json
from autograder.report.record import CheckReport, Report, TaskReport
from autograder.report.write import comment_path, feedback_path, report_path
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


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path) as opened:
        yield opened


@pytest.fixture
def kept(ledger, three, course, settings):
    """Keeps a report on the first submission in the ledger, as a run does."""

    def keep(**changes):
        report = report_on(three[0], course, settings, **changes)
        ledger.finish(report.submission, report.fingerprint, to_json(report))
        return report

    return keep


def test_a_report_on_the_same_work_is_found_again(kept, three, course, settings, ledger):
    report = kept(isolation="L2")
    assert finished(three[0], course, settings, ledger, "L2") == report


def test_the_name_and_the_place_are_those_of_today(kept, three, course, settings, ledger):
    kept()
    moved = dataclasses.replace(three[0], student="Ada L.", source="elsewhere/x.ipynb")
    found = finished(moved, course, settings, ledger, "L2")
    assert (found.student, found.source) == ("Ada L.", "elsewhere/x.ipynb")


def test_where_there_is_no_report_none_is_found(three, course, settings, ledger):
    assert finished(three[0], course, settings, ledger, "L2") is None


def test_changed_work_is_graded_again(kept, three, course, settings, ledger):
    kept()
    assert finished(dataclasses.replace(three[0], data=b"{}"), course, settings, ledger, "L2") is None


@pytest.mark.parametrize("change", [{"seed": 2}, {"limits": None}])
def test_work_under_another_seed_or_other_limits_is_graded_again(kept, three, course, settings, ledger, change):
    kept()
    if "limits" in change:
        change = {"limits": dataclasses.replace(settings.limits, wall_request=99.0)}
    assert finished(three[0], course, dataclasses.replace(settings, **change), ledger, "L2") is None


def test_work_that_was_too_little_isolated_is_graded_again(kept, three, course, settings, ledger):
    kept(isolation="L1")
    assert finished(three[0], course, settings, ledger, "L2") is None
    assert finished(three[0], course, settings, ledger, "L1") is not None


def test_work_that_met_a_fault_of_ours_is_graded_again(kept, three, course, settings, ledger):
    check = CheckReport("test_x_holds", "It holds.", True, Outcome.GRADER_ERROR)
    kept(tasks=(TaskReport("x", "X", Outcome.GRADER_ERROR, 1.0, 1.0, (check,)),))
    assert finished(three[0], course, settings, ledger, "L2") is None


@pytest.mark.parametrize("path", [report_path, feedback_path, comment_path])
def test_files_that_are_gone_or_changed_are_written_again(tmp_path, three, course, settings, path):
    report = report_on(three[0], course, settings)
    restore(report, tmp_path)
    written = path(report.submission, tmp_path).read_bytes()
    path(report.submission, tmp_path).unlink()
    report_path(report.submission, tmp_path).touch()
    restore(report, tmp_path)
    assert path(report.submission, tmp_path).read_bytes() == written


def test_files_that_are_as_they_must_be_are_left_alone(tmp_path, three, course, settings):
    report = report_on(three[0], course, settings)
    restore(report, tmp_path)
    before = report_path(report.submission, tmp_path).stat().st_ino
    restore(report, tmp_path)
    assert report_path(report.submission, tmp_path).stat().st_ino == before


def test_what_a_killed_run_left_half_written_is_removed(tmp_path):
    for folder in (tmp_path, tmp_path / "reports", tmp_path / "feedback"):
        folder.mkdir(exist_ok=True)
        (folder / ".writing-0123456789abcdef").touch()
    with output_folder(tmp_path):
        assert not list(tmp_path.rglob(".writing-*"))


@pytest.fixture
def grade_with_stand_ins(tmp_path, course, settings, ledger):
    """Grades submissions with workers that do what a file says; the reports, as they came."""

    def graded(submissions):
        told = {one.id: fingerprint_of(one, course, settings.seed, settings.limits) for one in submissions}
        ours = SimpleNamespace(course=course.root, seed=settings.seed, limits=settings.limits, fingerprints=told)
        seen = []
        asked = {"workers": 2, "required": "L2", "on_report": seen.append, "serve": serve}
        grade_all(submissions, course, ours, tmp_path, ledger, **asked)
        return seen

    return graded


def test_each_report_is_kept_and_written(grade_with_stand_ins, three, ledger, tmp_path):
    seen = grade_with_stand_ins(three)
    assert sorted(report.submission for report in seen) == sorted(one.id for one in three)
    for report in seen:
        text = report_path(report.submission, tmp_path).read_text("utf-8")
        assert from_json(text) == report
        assert ledger.report(report.submission, report.fingerprint) == text
        assert feedback_path(report.submission, tmp_path).exists()


def test_a_submission_that_was_put_aside_has_a_report_that_calls_it_our_fault(grade_with_stand_ins, tmp_path):
    """It is loud, it costs no point, and the next run tries again."""
    deadly = Submission("eve", "eve", "eve/02_immutability.ipynb", "02_immutability.ipynb", b"die")
    (report,) = grade_with_stand_ins([deadly])
    assert report.has_grader_error
    assert report.faults == ("Each of 3 worker processes died over it. The last: It ended itself with exit code 9.",)
    assert report.tasks
    assert {task.outcome for task in report.tasks} == {Outcome.GRADER_ERROR}
    assert "A fault of the grader's own" in report.problem
