"""The page of a class: the numbers on it, and that they are where a teacher looks."""

import re
from dataclasses import replace

import pytest
from test_report_html import Page

from autograder.report.class_view import class_view
from autograder.report.html_page import index_page
from autograder.report.record import Adjustment, Report, TaskReport
from dlfb_lab._finding import Diagnosis, Finding, SourceLine
from dlfb_lab._outcome import Outcome

DIAGNOSES = {
    "set-not-add": Diagnosis(
        "set-not-add", "A5", "One wrote over the other.", "`.set` keeps one.", "", "https://x.org/a"
    ),
    "reuse": Diagnosis("reuse", "K1", "A key was used twice.", "", "", ""),
    "wrong-value": Diagnosis("wrong-value", "", "The values differ.", "", "", ""),
}


@pytest.fixture(autouse=True)
def diagnoses(monkeypatch):
    monkeypatch.setattr("dlfb_lab._finding.diagnoses", lambda: DIAGNOSES)


def task(name, outcome, points=0.0, finding=None):
    return TaskReport(name, f"Task {name}", outcome, points, 2.0, (), finding)


def report(student, *tasks, lab="02_immutability", **more):
    return Report(f"{student.lower()}--{lab}", student, f"{student}.ipynb", lab, tasks, isolation="L2", **more)


def set_not_add(line, saw="1 came out."):
    return Finding("set-not-add", saw, (("got", "[1]"),), line and SourceLine(3, 2, line))


PASSED, FAILED, EMPTY = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_ATTEMPTED
ADA = report("Ada", task("first", PASSED, 2), task("counts", FAILED, 0.5, set_not_add("  x.at[0].set(1)")))
BEN = report("Ben", task("first", PASSED, 2), task("counts", FAILED, 0, set_not_add("c = x.at[i].set(2)")))
CY = report("Cy", task("first", FAILED, 0, Finding("wrong-value")), task("counts", EMPTY, 0, Finding("reuse")))
DEE = report(
    "Dee", task("first", PASSED, 2), task("counts", FAILED, 1, set_not_add("c = x.at[i].set(2)", "2 came out."))
)
CLASS = [ADA, BEN, CY, DEE]


def test_each_misconception_counts_the_students_who_show_it_most_frequent_first():
    (lab,) = class_view([*CLASS, replace(ADA, submission="again", tasks=ADA.tasks)])
    assert [(one.text.name, one.students, one.tasks) for one in lab.misconceptions] == [("set-not-add", 3, ("counts",))]
    assert [(one.text.name, one.students) for one in lab.others] == [("wrong-value", 1)]
    assert lab.students == 4, "Ada handed in twice"


def test_the_example_is_the_line_that_most_wrote_and_names_nobody():
    (lab,) = class_view(CLASS)
    (one,) = lab.misconceptions
    assert (one.example, one.saw, one.evidence) == ("c = x.at[i].set(2)", "1 came out.", ())
    assert class_view(CLASS[::-1])[0].misconceptions[0].example == one.example, "whoever comes first"


def test_where_no_line_is_known_the_example_is_what_came_out():
    bare = replace(ADA, tasks=(task("counts", FAILED, 0, set_not_add(None)),))
    (one,) = class_view([bare])[0].misconceptions
    assert (one.example, one.evidence) == ("", (("got", "[1]"),))


def test_a_task_is_judged_by_those_that_could_be_judged():
    broken = report("Eve", task("first", Outcome.GRADER_ERROR, 2), task("counts", Outcome.NOT_RUN))
    first, counts = class_view([*CLASS, broken])[0].tasks
    assert (first.judged, first.passed, first.share) == (4, 3, 75)
    assert (counts.judged, counts.passed, counts.share) == (4, 0, 0)
    assert counts.counts == {FAILED: 3, EMPTY: 1, Outcome.NOT_RUN: 1}
    assert (first.frequent.text.name, counts.frequent.text.name) == ("wrong-value", "set-not-add")


def test_points_fall_into_tenths_with_all_changes_and_the_ungraded_in_none():
    late = replace(DEE, adjustments=(Adjustment("late", "", -3.0, "Late."),))
    stuck = report("Eve", task("first", Outcome.NOT_RUN), problem="Not a notebook.")
    full = report("Flo", task("first", PASSED, 2), task("counts", PASSED, 2))
    (lab,) = class_view([ADA, BEN, CY, late, full, stuck])
    assert dict(lab.bins) == {f"{n} to {n + 10} %": {0: 2, 50: 1, 60: 1, 90: 1}.get(n, 0) for n in range(0, 100, 10)}
    assert (lab.graded, lab.median, len(lab.reports)) == (5, 50, 6)


def test_labs_are_apart_and_what_names_none_is_in_none():
    other = report("Ada", task("draws", PASSED, 2), lab="03_random_keys")
    lost = Report("eve", "Eve", "x", "", problem="Which lab?")
    assert [(lab.name, len(lab.reports)) for lab in class_view([*CLASS, other, lost])] == [
        ("02_immutability", 4),
        ("03_random_keys", 1),
    ]


def test_the_page_says_what_to_teach_again():
    text = Page(index_page(CLASS)).text
    assert "What to teach again One wrote over the other. 3 of 4 students, in counts One of them wrote" in text
    assert "c = x.at[i].set(2) 1 came out. .set keeps one. x.org: read more about this" in text
    assert "The values differ. 1 of 4, in first" in text


def test_the_page_shows_tasks_points_and_everybody():
    text = Page(
        index_page([*CLASS, replace(BEN, submission="ben~2", adjustments=(Adjustment("late", "", -1, ""),))])
    ).text
    assert "first Task first 4 of 5 80 % 1 ✗ failed The values differ. (1)" in text
    assert "60 to 70 % 1" in text
    assert "Ada 2.5/4 ✓ passed ✗ 0.5 failed" in text
    assert "Ben 1/4 changed ✓ passed ✗ failed" in text


def test_the_page_tells_isolation_apart_only_where_it_differs():
    assert "Isolation" not in Page(index_page(CLASS)).text
    assert "Isolation Ada" in (text := Page(index_page([ADA, replace(BEN, isolation="L3")])).text)
    assert "✗ failed L3" in text


def test_every_student_and_task_has_an_address():
    ids = {attributes["id"] for _, attributes in Page(index_page(CLASS)).tags if "id" in attributes}
    assert {"student-ada--02_immutability", "task-counts", "lab-02_immutability"} <= ids


def test_times_stand_in_a_part_of_their_own_and_nothing_else_differs():
    seconds = {one.submission: number for number, one in enumerate(CLASS)}
    timed = index_page(CLASS, seconds={**seconds, "elsewhere": 99.0})
    found = re.search(r'<section class="card" id="times">.*?</section>\n', timed, re.DOTALL)[0]
    assert re.findall(r">(\w+)</a>, Lab 02: Immutability: ([\d.]+) seconds", found)[:2] == [
        ("Dee", "3.0"),
        ("Cy", "2.0"),
    ]
    assert timed.replace(found, "") == index_page(CLASS)


def test_an_ended_class_without_misconceptions_says_so():
    assert "No answer shows a misconception of the catalog." in index_page([report("Ada", task("first", PASSED, 2))])


def test_many_that_could_not_be_graded_do_not_push_the_rest_down():
    stuck = [report(f"S{number}", problem="It is empty.") for number in range(13)]
    text = Page(index_page([*CLASS, *stuck])).text
    assert "S9 : It is empty. 3 more that could not be graded S10 : It is empty." in text
    assert "more that could not" not in Page(index_page(stuck[:10])).text
