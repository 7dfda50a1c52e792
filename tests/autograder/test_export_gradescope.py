"""An autograder for Gradescope: what the zip holds, and its container's life, in the folders that Gradescope makes."""

import hashlib
import io
import json
import os
import shlex
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from export_rules import gradescope_problems
from export_samples import SECRET
from tiny_course import CANARY, LAB, RIGHT, hand_in, notebook, write_tiny_course

from autograder.collect import Submission
from autograder.export.gradescope_grade import insist
from autograder.export.gradescope_run import NotSeparated, prepared, run
from autograder.export.gradescope_zip import Options, gradescope_zip
from autograder.export.results_folder import ExportError
from autograder.grade import _LabKit
from autograder.report.record import CheckReport, Report, TaskReport
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
TASKS = (
    TaskReport(
        "double", "Task: double a number", Outcome.PASSED, 2.0, 2.0, (CheckReport("a", "s", True, Outcome.PASSED),)
    ),
    TaskReport("seven", "Task: seven", Outcome.NOT_ATTEMPTED, 0.0, 1.0),
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="the container is Linux")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_tiny_course(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def zipped(tiny):
    return gradescope_zip(tiny, tiny.labs[0], Options())


def unpack(data, base):
    """As Gradescope unpacks an autograder, with the modes of its files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, base / "source"))
            path.chmod((entry.external_attr >> 16) & 0o777)


@pytest.fixture
def base(tmp_path, zipped):
    """The folders of a container, before anything was handed in."""
    base = tmp_path / "autograder"
    unpack(zipped, base)
    for name in ("submission", "results"):
        (base / name).mkdir()
    metadata = {"id": 1, "users": [{"email": "a@example.org", "id": 2, "name": "Ada L."}], "previous_submissions": []}
    (base / "submission_metadata.json").write_text(json.dumps(metadata), "utf-8")
    return base


def written(base):
    results = json.loads((base / "results" / "results.json").read_text("utf-8"))
    assert gradescope_problems(results) == []
    return results


def graded(submission, course, allow_practice):
    """Stands in for the grader."""
    return Report(submission.id, submission.student, submission.source, LAB, TASKS, isolation="L2")


def failing(error):
    def grade(submission, course, allow_practice):
        raise error

    return grade


# ---- The zip --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def entries(zipped):
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return {entry.filename: (entry, archive.read(entry)) for entry in archive.infolist()}


def test_what_gradescope_asks_for_is_at_the_root_and_can_be_run(entries):
    for name in ("setup.sh", "run_autograder"):
        entry, data = entries[name]
        assert data.startswith(b"#!/usr/bin/env bash\n")
        assert b"\r" not in data
        assert (entry.external_attr >> 16) & 0o777 == 0o755
        assert not set(b"@") & set(data.replace(b'"${pip[@]}"', b"").replace(b"[@]", b"")), "every place is filled"


def test_the_course_is_that_lab_alone_and_for_its_owner_alone(entries):
    course = {name for name in entries if name.startswith("course")}
    assert course == {
        "course/solutions/course.toml",
        f"course/solutions/{LAB}.py",
        f"course/solutions/hidden/test_{LAB}.py",
        f"course/checks/test_{LAB}.py",
        f"course/exercises/{LAB}.ipynb",
    }
    assert {stat.S_IMODE(entries[name][0].external_attr >> 16) for name in course} == {0o600}


def test_no_answer_lies_outside_of_the_course(entries):
    assert [name for name, (_, data) in entries.items() if CANARY.encode() in data] == [
        f"course/solutions/{LAB}.py",
        f"course/solutions/hidden/test_{LAB}.py",
    ]


def test_the_grader_is_there_with_the_lock_of_its_packages(entries):
    assert {"package/pyproject.toml", "package/README.md", "package/LICENSE"} <= entries.keys()
    assert {"package/autograder/grade.py", "package/dlfb_lab/diagnoses.toml"} <= entries.keys()
    assert not [name for name in entries if "__pycache__" in name or name.endswith(".pyc")]
    assert entries["requirements/instructor.txt"][1] == (ROOT / "requirements/instructor.txt").read_bytes()


def test_every_package_is_checked_against_its_hash(entries):
    lines = entries["setup.sh"][1].decode().splitlines()
    installs = [line for line in lines if "pip" in line and "--requirement" in line]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)


def test_the_zip_says_what_fallback_it_has_and_it_is_valid(entries):
    script = entries["run_autograder"][1].decode()
    fallback = json.loads(script.split("JSON'\n", 1)[1].split("\nJSON\n", 1)[0])
    assert gradescope_problems(fallback) == []
    assert "score" not in fallback


def test_nobody_of_the_class_goes_along(tiny, tmp_path):
    course = write_tiny_course(tmp_path)
    with (tmp_path / "solutions" / "course.toml").open("a") as file:
        file.write("\n[[students]]\nid = 'ada-4711'\nname = 'Ada'\n")
    data = gradescope_zip(course, course.labs[0], Options())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "4711" not in archive.read("course/solutions/course.toml").decode()
    assert data == gradescope_zip(tiny, tiny.labs[0], Options()), "the same course, the same bytes"


def test_changed_points_and_laid_over_checks_go_along(tiny, tmp_path):
    more = tmp_path / "more.py"
    more.write_text('def test_seven_again(seven):\n    """Seven."""\n', "utf-8")
    lab = replace(
        tiny.labs[0], tasks=tuple(replace(task, points=5.0) for task in tiny.labs[0].tasks), more_hidden=(more,)
    )
    unpack(gradescope_zip(tiny, lab, Options()), tmp_path)
    (tmp_path / "submission").mkdir()
    hand_in(tmp_path / "submission", x=notebook(*RIGHT))
    seen = []
    run(tmp_path, lambda submission, course, allow: seen.append(course) or graded(submission, course, allow))
    (course,) = seen
    assert [task.points for task in course.labs[0].tasks] == [5.0, 5.0]
    assert [file.read_text("utf-8") for file in course.labs[0].all_hidden][1] == more.read_text("utf-8")
    assert course.seed == tiny.seed


def test_wheels_go_along_when_all_are_there(tiny, tmp_path):
    pinned = [line for line in (ROOT / "requirements/instructor.txt").read_text("utf-8").splitlines() if "==" in line]
    everywhere = [line.rstrip(" \\") for line in pinned if ";" not in line]
    for line in everywhere:
        name, version = line.split("==")
        (tmp_path / f"{name.replace('-', '_')}-{version}-py3-none-any.whl").write_bytes(b"x")
    with zipfile.ZipFile(io.BytesIO(gradescope_zip(tiny, tiny.labs[0], Options(wheels=tmp_path)))) as archive:
        assert sum(name.startswith("wheels/") for name in archive.namelist()) == len(everywhere)
    next(tmp_path.glob("numpy-*")).unlink() if list(tmp_path.glob("numpy-*")) else next(tmp_path.glob("nb*")).unlink()
    with pytest.raises(ExportError, match=r"1 wheels are missing: .*==.*pip download --require-hashes"):
        gradescope_zip(tiny, tiny.labs[0], Options(wheels=tmp_path))


@linux
@pytest.mark.parametrize("name", ["setup.sh", "run_autograder"])
def test_the_scripts_are_scripts(name, base):
    assert subprocess.run(["bash", "-n", base / "source" / name]).returncode == 0


# ---- The container's life, with a grader that is no matter ----------------------------------------------------------


def test_a_notebook_is_graded_under_its_students_name(base):
    hand_in(base / "submission", hw1=notebook(*RIGHT))
    outcome = run(base, graded)
    assert outcome.ok
    assert outcome.staff == (f"Ada L.: {LAB}. Isolation L2.",)
    results = written(base)
    assert (results["score"], len(results["tests"])) == (2.0, 2)
    assert results["execution_time"] >= 0


def test_nobody_but_the_owner_can_write_results_or_read_the_course(base):
    hand_in(base / "submission", hw1=notebook(*RIGHT))
    (base / "results").chmod(0o777)
    (base / "source" / "course").chmod(0o755)
    run(base, graded)
    assert stat.S_IMODE((base / "results").stat().st_mode) == 0o755
    assert stat.S_IMODE((base / "results" / "results.json").stat().st_mode) == 0o644
    assert stat.S_IMODE((base / "source" / "course").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, f"No notebook was handed in. Hand in one notebook, {LAB}.ipynb."),
        ({"notes.pdf": "x"}, f"Hand in one notebook, {LAB}.ipynb."),
        ({"a.ipynb": notebook(*RIGHT), "b.ipynb": notebook(*RIGHT)}, "2 notebooks answer this lab: a.ipynb, b.ipynb."),
        (
            {"a.ipynb": notebook("x = 1"), "b.ipynb": "{"},
            "None of the notebooks can be told to be of this lab: a.ipynb",
        ),
    ],
)
def test_what_cannot_be_graded_gets_0_points_and_says_what_to_do(base, files, said):
    for name, text in files.items():
        (base / "submission" / name).write_text(text, "utf-8")
    assert run(base, failing(AssertionError("there is nothing to grade"))).ok
    results = written(base)
    assert results["score"] == 0
    assert said in results["output"]


@pytest.mark.parametrize(
    "files", [{"a": notebook(*RIGHT), "scratch": notebook("x = 1")}, {LAB: notebook(*RIGHT), "b": notebook(*RIGHT)}]
)
def test_of_two_notebooks_the_one_of_the_lab_is_taken(base, files):
    hand_in(base / "submission", **files)
    taken = []
    run(base, lambda one, course, allow: taken.append(one.filename) or graded(one, course, allow))
    assert taken == [f"{next(iter(files))}.ipynb"]


def test_a_broken_notebook_is_the_graders_to_judge(base):
    hand_in(base / "submission", hw="{")
    why = "It is not a notebook: hw.ipynb cannot be read."
    run(base, lambda one, course, allow: Report(one.id, one.student, one.source, "", problem=why))
    assert (written(base)["score"], written(base)["output"]) == (0, why)


def test_a_fault_of_ours_takes_no_points_and_tells_the_staff(base):
    hand_in(base / "submission", hw=notebook(*RIGHT))
    outcome = run(base, failing(ZeroDivisionError(f"in a hidden check: {SECRET}")))
    assert not outcome.ok
    assert any("NOT GRADED" in line and SECRET in line for line in outcome.staff)
    results = written(base)
    assert "score" not in results
    assert "costs no points" in results["output"]
    assert SECRET not in json.dumps(results)


@pytest.mark.parametrize(
    ("earlier", "kept"),
    [
        ([{"score": 2.5}, {"score": "1.5"}], 1.5),
        ([{"score": 2.5}, {"score": 0, "autograder_error": True}], 2.5),
        ([{"score": None}, {"score": "a lot"}, {"score": -1}, {"score": True}, 7], None),
    ],
)
def test_after_a_fault_of_ours_the_score_from_before_stands(base, earlier, kept):
    hand_in(base / "submission", hw=notebook(*RIGHT))
    (base / "submission_metadata.json").write_text(json.dumps({"previous_submissions": earlier}), "utf-8")
    run(base, failing(RuntimeError("boom")))
    assert written(base).get("score") == kept


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"users": 3}', '{"users": [{"name": 3}], "previous_submissions": "x"}', "[" * 10**5]
)
def test_odd_metadata_hinder_nothing(base, text):
    hand_in(base / "submission", hw=notebook(*RIGHT))
    (base / "submission_metadata.json").write_text(text, "utf-8")
    assert run(base, graded).ok
    assert written(base)["score"] == 2.0


def test_without_metadata_it_is_graded_and_said(base):
    hand_in(base / "submission", hw=notebook(*RIGHT))
    (base / "submission_metadata.json").unlink()
    outcome = run(base, graded)
    assert "submission_metadata.json cannot be read" in outcome.staff[0]
    assert written(base)["score"] == 2.0


@pytest.mark.parametrize("text", ["", "{}", '{"lab": "71_tiny"}'])
def test_a_zip_that_was_tampered_with_still_writes_results(base, text):
    hand_in(base / "submission", hw=notebook(*RIGHT))
    (base / "source" / "gradescope.json").write_text(text, "utf-8")
    outcome = run(base, graded)
    assert not outcome.ok
    assert any("Export the zip again" in line for line in outcome.staff)
    assert "score" not in written(base)


def test_a_container_that_separates_too_little_says_so(base):
    hand_in(base / "submission", hw=notebook(*RIGHT))
    outcome = run(base, failing(NotSeparated("This container separates at level L1; L2 is required.")))
    results = written(base)
    assert "score" not in results
    assert "level L1; L2 is required" in results["output"]
    assert any("L2 is required" in line for line in outcome.staff)


def test_practice_says_that_it_is_practice(base):
    hand_in(base / "submission", hw=notebook(*RIGHT))
    run(base, lambda one, course, allow: replace(graded(one, course, allow), isolation="L1"))
    assert "without a full sandbox (level L1)" in written(base)["output"]


@pytest.mark.parametrize("allow", [True, False])
def test_the_grader_is_told_whether_practice_is_allowed(tiny, tmp_path, allow):
    unpack(gradescope_zip(tiny, tiny.labs[0], Options(allow_practice=allow)), tmp_path)
    hand_in(tmp_path / "submission", hw=notebook(*RIGHT))
    told = []
    run(tmp_path, lambda one, course, may: told.append(may) or graded(one, course, may))
    assert told == [allow]


def test_while_the_image_is_built_the_notebook_as_handed_out_is_graded(base):
    seen = []
    outcome = prepared(base, lambda one, course, allow: seen.append(one) or graded(one, course, allow))
    assert outcome.ok
    assert isinstance(seen[0], Submission)
    assert b"NotImplementedError" in seen[0].data
    assert not (base / "results" / "results.json").exists()


def test_an_image_whose_grader_fails_is_not_ready(base):
    fault = Report("gradescope", "", "", LAB, TASKS, faults=("boom",))
    assert not prepared(base, lambda one, course, allow: fault).ok
    assert prepared(base, failing(NotSeparated("L1"))).ok, "each run says so itself"


# ---- Levels ---------------------------------------------------------------------------------------------------------


def sandbox(exposes=False, why_no_uid=""):
    return SimpleNamespace(exposes=lambda path: exposes, why_no_uid=why_no_uid)


def test_l2_is_enough(tiny):
    insist("L2", sandbox(why_no_uid="only root can change the uid"), tiny, allow_practice=False)


def test_practice_runs_as_a_user_of_its_own(tiny):
    insist("L1", sandbox(), tiny, allow_practice=True)


@pytest.mark.parametrize(
    ("level", "box", "allow", "said"),
    [
        ("L1", sandbox(), False, "export with --allow-practice"),
        ("L0", sandbox(), True, "Even practice needs L1"),
        ("L1", sandbox(why_no_uid="uid 1 may not enter /root"), True, "a user of its own .* may not enter /root"),
        ("L3", sandbox(exposes=True), True, "lies among the packages"),
    ],
)
def test_what_keeps_nothing_apart_is_refused(tiny, level, box, allow, said):
    with pytest.raises(NotSeparated, match=said):
        insist(level, box, tiny, allow_practice=allow)


# ---- Memory ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "calls"), [(None, []), (123, [123] * 3)])
def test_memory_is_bounded_after_each_check_where_a_bound_is_given(tiny, monkeypatch, most, calls):
    kit = _LabKit(tiny.labs[0], 1, most)
    asked = []
    monkeypatch.setattr("autograder.memory.keep_within_bounds", asked.append)
    results = kit.judge(DirectTransport(Host({"double": lambda x: x + x, "seven": 7})))
    assert {result.outcome for result in results} == {Outcome.PASSED}
    assert asked == calls


# ---- The real thing -------------------------------------------------------------------------------------------------


@pytest.fixture
def life(base, tmp_path):
    """Runs the zip's own run_autograder, as Gradescope does, with this Python's packages as the installed ones."""
    venv = tmp_path / "home" / "venv" / "bin"
    venv.mkdir(parents=True)
    program = venv / "autograder"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m autograder "$@"\n', "utf-8")
    program.chmod(0o755)

    def live(*arguments):
        environment = {**os.environ, "AUTOGRADER_BASE": str(base), "DLFB_LAB_HOME": str(tmp_path / "home")}
        environment["PYTHONPATH"] = str(ROOT)
        script = base / "source" / "run_autograder"
        return subprocess.run([script, *arguments], cwd=base, env=environment, capture_output=True, text=True)

    return live


@linux
def test_a_container_from_its_image_to_its_results(life, base):
    hidden = base / "source" / "course" / "solutions" / "hidden" / f"test_{LAB}.py"
    before = hashlib.sha256(hidden.read_bytes()).digest()
    curious = f"stolen = open({str(hidden)!r}).read()"
    hand_in(base / "submission", hw=notebook("def double(x):\n    return 4", curious, "seven = 7"))
    ended = life()
    assert ended.returncode == 0, ended.stderr
    assert f"Ada L.: {LAB}. Isolation L" in ended.stdout
    results = written(base)
    # One of two checks of `double` holds; the hidden one is shown by its sentence.
    assert [(test["score"], test["status"]) for test in results["tests"]] == [(1.0, "failed"), (1.0, "passed")]
    assert results["score"] == 2.0
    assert "It holds for other numbers. (hidden check)" in results["tests"][0]["output"]
    assert "1234" not in json.dumps(results)
    assert "Cell 2 did not run to its end" in results["output"], "it could not read the hidden checks"
    assert results["extra_data"]["isolation"] >= "L2"
    assert hashlib.sha256(hidden.read_bytes()).digest() == before


@linux
def test_a_grader_that_does_not_even_start_leaves_results(life, base, tmp_path):
    (tmp_path / "home" / "venv" / "bin" / "autograder").write_text("#!/bin/sh\nexit 137\n", "utf-8")
    ended = life()
    assert ended.returncode == 0
    assert "exit code 137" in ended.stdout
    results = written(base)
    assert "score" not in results
    assert "costs no points" in results["output"]
