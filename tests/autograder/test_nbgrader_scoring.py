"""What `check` is worth while nbgrader grades: the same points as from our grader, and nothing on standard error."""

import os

import pytest
from nbgrader_samples import LAB, SECRET, small_course

from autograder.nbgrader import scoring
from autograder.nbgrader.course_folder import write_course


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    base = tmp_path_factory.mktemp("scoring")
    list(write_course(small_course(base / "ours"), base / "theirs"))
    return base / "theirs" / "grading"


@pytest.fixture
def shown(monkeypatch):
    said = []
    monkeypatch.setattr(scoring, "show", said.append)
    return said


def right(sequence):
    os.write(2, b"from C++\n")
    print("noise")
    return sequence.count("G") + sequence.count("C")


def test_a_right_answer_gets_all_points_and_prints_nothing(folder, shown, capfd):
    assert scoring.points_in("gc_count", {"gc_count": right}, folder) == 2.0
    assert capfd.readouterr() == ("", "")
    assert "all 3 checks hold" in str(shown[0])


def test_a_partly_right_answer_gets_the_share_of_its_checks(folder, shown):
    partly = lambda sequence: min(2, 2 * sequence.count("G"))  # noqa: E731
    assert scoring.points_in("gc_count", {"gc_count": partly}, folder) == 1.33
    said = str(shown[0])
    assert "Each of them is counted." in said
    assert SECRET not in said


@pytest.mark.parametrize("answer", [None, lambda sequence: "x", 7])
def test_a_wrong_or_missing_answer_gets_none(folder, shown, answer):
    assert scoring.points_in("gc_count", {"gc_count": answer}, folder) == 0.0
    assert scoring.points_in("gc_count", {}, folder) == 0.0


def test_it_is_called_as_check_is(folder, shown, monkeypatch):
    monkeypatch.setenv(scoring.FOLDER, str(folder))
    n_bases = 4  # noqa: F841 - what a notebook's cell sees
    assert scoring.check("n_bases") == 1.0


def test_a_fault_of_ours_costs_nothing_and_is_said(folder, shown, monkeypatch):
    def broken(*_, **__):
        raise OSError("the disk is gone")

    monkeypatch.setattr(scoring, "judge", broken)
    assert scoring.points_in("gc_count", {"gc_count": right}, folder) == 2.0
    assert "a fault of ours (OSError: the disk is gone). All its points are given" in str(shown[0])


def test_a_check_that_fails_on_the_reference_costs_nothing(tmp_path, shown):
    course = small_course(tmp_path / "ours")
    with (course.root / "checks" / f"test_{LAB}.py").open("a") as stream:
        stream.write('\n\ndef test_n_bases_is_five(n_bases):\n    """Ours is wrong."""\n    expect_equal(n_bases, 5)\n')
    list(write_course(course, tmp_path / "theirs"))
    assert scoring.points_in("n_bases", {"n_bases": 4}, tmp_path / "theirs" / "grading") == 1.0
    assert scoring.points_in("n_bases", {"n_bases": 3}, tmp_path / "theirs" / "grading") == 0.5


def test_a_cell_whose_time_is_up_stops(folder, shown):
    def endless(sequence):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scoring.points_in("gc_count", {"gc_count": endless}, folder)


def test_a_task_that_is_no_longer_there_is_told_to_the_instructor(folder):
    with pytest.raises(LookupError, match="Run `autograder nbgrader course` again"):
        scoring.points_in("other", {}, folder)


def test_without_its_settings_nbgrader_is_told_what_is_missing(monkeypatch):
    monkeypatch.delenv(scoring.FOLDER, raising=False)
    with pytest.raises(LookupError, match=r"load_subconfig\('grading/settings.py'\)"):
        scoring.check("n_bases")
