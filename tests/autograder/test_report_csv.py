import csv
import io
from dataclasses import replace

import pytest

from autograder.report.csv_file import ENCODING, to_csv
from autograder.report.record import Adjustment, Report, TaskReport
from dlfb_lab._outcome import Outcome


def task(name, points, outcome=Outcome.PASSED):
    return TaskReport(name, name, outcome, points, 2.0)


def report(student, lab, *tasks, problem=""):
    return Report(f"{student}--{lab}", student, student, lab, tasks, problem)


def rows(*reports):
    return list(csv.DictReader(io.StringIO(to_csv(reports))))


def test_a_row_a_submission_and_a_column_a_task():
    (row,) = rows(report("ada", "02", task("set_first", 2.0), task("counts", 0.5)))
    assert list(row) == [
        *("submission", "student", "lab", "points", "max points", "final points", "status", "problem", "adjustments"),
        *("02/set_first", "02/counts"),
    ]
    assert list(row.values()) == ["ada--02", "ada", "02", "2.5", "4", "2.5", "graded", "", "", "2", "0.5"]


def test_what_was_changed_of_the_points_is_told_with_its_reason():
    changes = (Adjustment("override", "counts", 1.5, "Unclear text."), Adjustment("late", "", -0.25, "1 day late."))
    (row,) = rows(replace(report("ada", "02", task("counts", 0.5)), adjustments=changes))
    assert (row["points"], row["final points"]) == ("0.5", "1.75")
    assert row["adjustments"] == "counts: 1.5 more (override: Unclear text.); 0.25 less (late: 1 day late.)"


def test_columns_of_several_labs_stand_side_by_side_in_the_order_of_the_labs():
    late, early = rows(report("ada", "03", task("draws", 1.0)), report("ada", "02", task("counts", 2.0)))
    assert list(late)[9:] == ["02/counts", "03/draws"]
    assert (late["02/counts"], late["03/draws"]) == ("", "1")
    assert (early["02/counts"], early["03/draws"]) == ("2", "")


def test_a_submission_that_could_not_be_graded_keeps_its_row_and_says_why():
    (row,) = rows(report("ada", "", problem="ada.pdf is not a notebook."))
    assert (row["status"], row["problem"], row["points"]) == ("not run", "ada.pdf is not a notebook.", "0")


def test_a_grader_error_is_neither_a_zero_nor_silent():
    (row,) = rows(report("ada", "02", task("counts", 0.0, Outcome.GRADER_ERROR)))
    assert (row["status"], row["02/counts"]) == ("grader error", "")


@pytest.mark.parametrize("name", ["a,b", 'a"b', "a;b", "Zoë 李雷", "O'Neil", "a'b", " ada ", "12"])
def test_odd_names_come_back_as_they_were(name):
    assert rows(report(name, "02"))[0]["student"] == name


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", " =cmd|' /C calc'!A0"]
)
def test_no_name_is_a_formula(name):
    (row,) = rows(report(name, name, problem=name))
    for cell in (row["submission"], row["student"], row["lab"], row["problem"]):
        assert cell.startswith("'")
        assert name.strip() in cell or "\\" in cell


def test_no_heading_is_a_formula():
    assert "'=x/counts" in to_csv([report("ada", "=x", task("counts", 1.0))])


def test_one_submission_is_one_line_whatever_its_name():
    text = to_csv([report("a\nb\r\nc\x1b[31m\u202e", "02")])
    assert text.count("\r\n") == text.count("\n") == 2
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_excel_is_told_that_the_file_is_utf8():
    assert to_csv([report("Zoë", "02")]).encode(ENCODING).startswith(b"\xef\xbb\xbfsubmission,")


def test_a_class_of_nobody_is_a_heading():
    assert to_csv([]) == "submission,student,lab,points,max points,final points,status,problem,adjustments\r\n"
