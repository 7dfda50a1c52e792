"""The measurements run and make a table. How long anything took is asserted nowhere."""

import dataclasses
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.grade import reference_answers

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the measurements read /proc")


@pytest.fixture(autouse=True)
def as_the_script_finds_its_modules(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE))


@pytest.fixture(scope="module")
def zygote():
    from autograder.sandbox.launch import Zygote

    with Zygote.start() as running:
        yield running


@needs_linux
def test_the_quick_parts_run_and_print_their_tables(zygote, tmp_path, capsys):
    import run

    run.tables(["joint"], 1, tmp_path, zygote)
    printed = capsys.readouterr().out.splitlines()
    for name in ("fork to ready, locked down", "lockdown alone", "pipe: a key", "live: 4 MB each way", "observe leaks"):
        assert any(line.startswith("|") and name in line for line in printed), name


def test_the_script_says_what_it_can_measure():
    done = subprocess.run([sys.executable, str(HERE / "run.py"), "--only", "all"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "start" in done.stderr and "rivals" in done.stderr


def test_a_number_is_shown_in_a_unit_that_suits_it():
    from table import shown

    assert [shown(value, "s") for value in (0.0000371, 0.0042, 12.34, 250)] == ["37.1 us", "4.2 ms", "12.3 s", "250 s"]
    assert [shown(3.578, "x"), shown(36, ""), shown(128.6, "MB")] == ["3.58 x", "36", "129 MB"]


def test_a_row_shows_median_least_and_most_and_how_many():
    from samples import Row, Section
    from table import table_of

    line = table_of(Section("Calls", [Row("an int", [0.3, 0.1, 0.2], cpu=0.5, note="warm")])).splitlines()[-1]
    assert [cell.strip() for cell in line.strip("|").split("|")] == [
        "an int", "200 ms", "100 ms", "300 ms", "3", "500 ms", "warm",
    ]  # fmt: skip


def test_what_could_not_be_measured_says_why():
    from samples import Row, Section
    from table import table_of

    line = table_of(Section("Beside", [Row("nbgrader", [], note="could not be installed")])).splitlines()[-1]
    assert [cell.strip() for cell in line.strip("|").split("|")] == [
        "nbgrader",
        "-",
        "",
        "",
        "0",
        "",
        "could not be installed",
    ]


def test_numbers_go_between_the_marks_and_nowhere_else(tmp_path):
    from table import BEGIN, END, put_into

    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    put_into(readme, "new")
    assert readme.read_text() == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"


def test_a_readme_without_the_marks_is_left_alone(tmp_path):
    from table import put_into

    readme = tmp_path / "README.md"
    readme.write_text("no marks")
    with pytest.raises(ValueError, match=r"README\.md has no place for the numbers\. Put the lines"):
        put_into(readme, "new")
    assert readme.read_text() == "no marks"


def test_the_readme_of_this_folder_has_the_marks():
    from table import BEGIN, END

    assert BEGIN in (text := (HERE / "README.md").read_text("utf-8")) and END in text.partition(BEGIN)[2]


def test_a_step_is_timed_without_the_steps_inside_it():
    from stages import Watch

    watch = Watch()
    with watch._step(watch.seconds, "outer"), watch._step(watch.seconds, "inner"):
        sum(range(200_000))
    assert 0 <= watch.seconds["outer"] < watch.seconds["inner"]


def test_ratios_say_how_many_times_longer_the_other_takes():
    from rival import _ratios
    from samples import Row

    rows = [
        Row(name, [wall], cpu=cpu) for name, wall, cpu in (("theirs", 12.0, 10.0), ("one", 4.0, 5.0), ("two", 2.0, 5.5))
    ]
    assert [row.median for row in _ratios("other", *rows)] == [6.0, 3.0, 2.0]


def test_a_cost_that_grows_evenly_makes_a_straight_line(tmp_path):
    from scale import _draw, _slope, _straightness

    even = [(n, 5 + 0.5 * n, 0.0) for n in range(1, 101)]
    uneven = [(n, n**3 / 100, 0.0) for n in range(1, 101)]
    assert abs(_slope(even) - 0.5) < 1e-9 and abs(_straightness(even) - 1) < 1e-9
    assert _straightness(uneven) < 0.95
    _draw(even, tmp_path / "one.svg")
    _draw(even, tmp_path / "other.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()


def test_pages_are_weighed_also_without_a_browser(tmp_path, monkeypatch):
    import pages

    from autograder.report.json_file import to_json
    from autograder.report.record import Report

    monkeypatch.setattr(pages, "command_of_browser", lambda profile: [])
    (tmp_path / "out" / "reports").mkdir(parents=True)
    (tmp_path / "out" / "reports" / "ada.json").write_text(to_json(Report("ada", "ada", "ada.ipynb", "")))
    rows = pages.pages(tmp_path / "out", tmp_path / "pages", 1, times=3).rows
    assert [bool(row.values) for row in rows] == [True, True, True, False]
    assert rows[1].what == "start page of 3" and rows[-1].note == "no browser is installed"


def test_answers_on_which_graders_differ_are_named():
    from rival import agreement

    row = agreement("other", {("ada", "hill"): True, ("ben", "hill"): False}, {("ada", "hill"): True})
    assert (row.median, row.note) == (1, "of 2; not: hill of ben")


def test_every_task_has_asserts_that_the_courses_own_answer_passes_and_none_fails():
    from rival_course import asserts_of
    from school import lab_of

    lab = lab_of(load_course(ROOT))
    answers = reference_answers(lab)
    for task in lab.tasks:
        code = compile(asserts_of(task.name), task.name, "exec")
        exec(code, dict(answers))
        with pytest.raises((AssertionError, TypeError, AttributeError)):
            exec(code, {**answers, task.name: lambda *args: None})


def test_nbgrader_gets_a_grade_cell_and_an_answer_cell_for_each_task():
    from rival_course import with_metadata
    from school import exercise, lab_of

    course = load_course(ROOT)
    lab = lab_of(course)
    for tests in (True, False):
        cells = with_metadata(exercise(course, lab), lab, tests)["cells"]
        marked = {cell["id"]: cell["metadata"]["nbgrader"] for cell in cells if cell["metadata"]}
        assert len(marked) == 2 * len(lab.tasks)
        for task in lab.tasks:
            assert marked[f"{task.name}-check"]["points"] == task.points
            assert marked[f"{task.name}-answer"]["solution"] is True
        assert any("assert" in cell["source"] for cell in cells if cell["cell_type"] == "code") is tests


def test_the_class_has_right_wrong_half_done_and_untouched_work(tmp_path):
    from school import lab_of, students, write_class

    course = load_course(ROOT)
    files = write_class(course, tmp_path)
    assert len(files) == 50
    counts = [len(answers) for answers in students(lab_of(course)).values()]
    assert (counts.count(10), counts.count(5), counts.count(0)) == (22, 1, 3)


# ---- On a GPU --------------------------------------------------------------------------------------------------------


def test_what_is_measured_on_each_device_runs(monkeypatch):
    gpu = importlib.import_module("gpu")
    monkeypatch.setattr(gpu, "SIZES", (100,))
    monkeypatch.setattr(gpu, "BATCHES", (4,))
    (device,) = gpu.found_devices()
    rows = gpu.speed([device], repeats=1).rows
    assert [row.what for row in rows] == [
        "cpu: selu of 100 numbers, eager",
        "cpu: selu of 100 numbers, compiled",
        "cpu: a training step, batch of 4",
    ]
    fast = [dataclasses.replace(row, what=row.what.replace("cpu", "gpu"), values=[row.median / 4]) for row in rows]
    assert [row.median for row in gpu.ratios([*rows, *fast])[6:]] == [4.0, 4.0, 4.0]


def test_a_check_that_ends_otherwise_on_a_gpu_is_listed():
    gpu = importlib.import_module("gpu")
    line = "hill: steep: test_hill_saturates ends as failed"
    assert gpu.summary([line]).endswith(f"\n\n- {line}")
    assert "Every check passes" in gpu.summary([])
