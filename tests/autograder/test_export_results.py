"""Results for Gradescope, PrairieLearn, JUnit's readers and Classroom 50: golden, by the rules, without secrets."""

import datetime
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from export_rules import classroom50_problems, gradescope_problems, prairielearn_problems
from export_samples import (
    ADA,
    BROKEN_FILE,
    CLASS,
    COUNTS,
    DIAGNOSES,
    FAULT,
    HALVES,
    LATE,
    SECRET,
    SEEN,
    VOID,
    report,
)

from autograder.export import prairielearn
from autograder.export.classroom50_result import result_of
from autograder.export.gradescope_results import not_graded, rejected, results_of, to_text
from autograder.export.junit import to_junit
from autograder.export.prairielearn import to_prairielearn
from autograder.export.results_folder import ExportError
from autograder.report.record import Adjustment
from dlfb_lab._outcome import Outcome

GOLDEN = Path(__file__).parent / "golden_exports"
NOW = datetime.datetime(2026, 6, 1, 16, 32, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
RUNNER = {
    "CLASSROOM": "bio",
    "ASSIGNMENT": "keys",
    "USERNAME": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
}
# What breaks readers: markup, controls, halves of characters, marks that turn the direction.
HOSTILE = "<script>&]]>\x00\x1b[31m\ud800\ufffe\u202e'\" ü 李"


@pytest.fixture(autouse=True)
def diagnoses(monkeypatch):
    monkeypatch.setattr("dlfb_lab._finding.diagnoses", lambda: DIAGNOSES)


def golden(name):
    return (GOLDEN / name).read_text("utf-8")


def hostile():
    """A report in which every text of a student's or an author's is hostile."""
    finding = replace(HALVES.tasks[0].finding, saw=HOSTILE, evidence=((HOSTILE, HOSTILE),))
    checks = tuple(replace(check, sentence=HOSTILE, finding=finding) for check in HALVES.tasks[0].checks)
    task = replace(HALVES.tasks[0], title=HOSTILE, finding=finding, checks=checks)
    changes = (Adjustment(HOSTILE, "", 0.0, HOSTILE),)
    return replace(HALVES, student=HOSTILE, source=HOSTILE, tasks=(task,), adjustments=changes)


# ---- Gradescope -----------------------------------------------------------------------------------------------------


def test_results_for_gradescope():
    assert to_text(results_of(HALVES, seconds=12.345)) == golden("gradescope.json")


@pytest.mark.parametrize("one", [*CLASS, hostile()], ids=lambda one: one.submission)
def test_gradescope_takes_what_becomes_of_every_report(one):
    assert gradescope_problems(json.loads(to_text(results_of(one, seconds=1)))) == []


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"score": "3"},
        {"score": True},
        {"score": 1, "visibility": "seen"},
        {"score": 1, "max_score": 3},
        {"tests": [{"name": "x"}]},
        {"score": 1, "tests": [{"score": 1, "status": "ok"}]},
        {"score": 1, "tests": [{"score": 1, "number": 1}]},
        {"score": 1, "execution_time": "1.50"},
    ],
)
def test_the_rules_of_gradescope_can_be_broken(broken):
    assert gradescope_problems(broken)


def test_a_late_penalty_is_in_the_score_and_in_words():
    results = results_of(LATE)
    assert results["score"] == 2.25
    assert "-0.75 points (late): Two days late." in results["output"]


def test_everything_is_visible_so_that_students_see_their_total():
    results = results_of(HALVES)
    assert {test["visibility"] for test in results["tests"]} | {results["visibility"]} == {"visible"}
    assert results["stdout_visibility"] == "hidden"


def test_a_file_that_is_no_notebook_gets_0_points_and_what_to_do():
    results = results_of(BROKEN_FILE)
    assert (results["score"], results["tests"]) == (0.0, [])
    assert "not a notebook" in results["output"]


def test_a_check_of_ours_that_failed_costs_nothing():
    results = results_of(FAULT)
    assert results["score"] == 3.0
    assert "A check of ours has failed. It counts as passed" in results["output"]
    assert "ZeroDivisionError" not in to_text(results), "for the staff alone"


def test_a_fault_of_ours_gives_no_number():
    results = results_of(VOID)
    assert "score" not in results
    assert [(test["name"], test["status"]) for test in results["tests"]] == [("This could not be graded", "failed")]
    assert "costs no points" in results["output"]
    assert "boom" not in to_text(results)
    assert gradescope_problems(results) == []


def test_after_a_fault_of_ours_the_score_from_before_stands():
    results = results_of(VOID, kept_score=2.5)
    assert results["score"] == 2.5
    assert "The score of your previous submission stands." in results["output"]


@pytest.mark.parametrize(
    "results", [rejected("No notebook.", "03"), not_graded("Out of memory."), not_graded("x", kept_score=1.0)]
)
def test_gradescope_takes_what_is_written_without_a_report(results):
    assert gradescope_problems(results) == []


# ---- PrairieLearn ---------------------------------------------------------------------------------------------------


def test_results_for_prairielearn():
    assert to_prairielearn(HALVES) == golden("prairielearn.json")


@pytest.mark.parametrize("one", [*CLASS, hostile()], ids=lambda one: one.submission)
def test_prairielearn_takes_what_becomes_of_every_report(one):
    assert prairielearn_problems(json.loads(to_prairielearn(one))) == []


@pytest.mark.parametrize("one", [BROKEN_FILE, FAULT, VOID], ids=lambda one: one.submission)
def test_what_could_not_be_graded_is_not_gradable(one):
    results = json.loads(to_prairielearn(one))
    assert results["gradable"] is False
    assert "score" not in results
    assert results["format_errors"][0] in results["message"]


def test_a_score_is_a_part_of_one_whatever_was_added():
    more = replace(ADA, adjustments=(Adjustment("override", "", 5.0, "A gift."),))
    assert json.loads(to_prairielearn(more))["score"] == 1
    assert json.loads(to_prairielearn(LATE))["score"] == 0.75


def test_results_never_exceed_what_prairielearn_takes(monkeypatch):
    long = replace(COUNTS, checks=tuple(replace(SEEN, sentence="ü" * 300) for _ in range(10)))
    many = report("ada", [replace(long, name=f"task{number}") for number in range(200)])
    text = to_prairielearn(many)
    assert len(text.encode()) <= 1_000_000
    results = json.loads(text)
    assert prairielearn_problems(results) == []
    assert len(results["tests"]) == 200
    monkeypatch.setattr(prairielearn, "LARGEST", 10_000_000)
    assert len(to_prairielearn(many).encode()) > 1_000_000, "this report is large enough to try it"


# ---- JUnit ----------------------------------------------------------------------------------------------------------


def test_results_for_readers_of_junit():
    assert to_junit([ADA, HALVES, BROKEN_FILE, FAULT]) == golden("junit.xml")


def test_junit_counts_what_is_there():
    root = ElementTree.fromstring(to_junit(CLASS))
    for element in (root, *root):
        for word, tag in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
            found = sum(len(suite.findall(tag)) for suite in (root if element is root else [element]))
            assert int(element.get(word)) == found


@pytest.mark.parametrize("one", [BROKEN_FILE, FAULT, VOID], ids=lambda one: one.submission)
def test_what_could_not_be_graded_is_an_error_and_no_failure(one):
    root = ElementTree.fromstring(to_junit([one]))
    assert root.findall(".//error")
    assert not root.findall(".//failure")


def test_any_text_becomes_xml_that_can_be_read():
    text = to_junit([hostile()])
    text.encode("utf-8")
    failure = ElementTree.fromstring(text).find(".//failure")
    assert "<script>&]]>" in failure.get("message")
    assert not {"\x00", "\x1b", "\ud800", "\ufffe"} & set("".join(failure.itertext()))


# ---- Classroom 50 ---------------------------------------------------------------------------------------------------


def test_a_result_for_classroom_50():
    text = json.dumps(result_of(HALVES, RUNNER, now=NOW), ensure_ascii=False, indent=2) + "\n"
    assert text == golden("classroom50.json")


@pytest.mark.parametrize("one", [ADA, HALVES, LATE, BROKEN_FILE, hostile()], ids=lambda one: one.submission)
def test_classroom_50_takes_every_verdict(one):
    assert classroom50_problems(result_of(one, RUNNER, now=NOW)) == []


@pytest.mark.parametrize(
    "change",
    [{"extra": 1}, {"score": 66.7}, {"score": 301}, {"submission": "main"}, {"datetime": "2026-06-01"}, {"owner": ""}],
)
def test_the_rules_of_classroom_50_can_be_broken(change):
    assert classroom50_problems({**result_of(HALVES, RUNNER, now=NOW), **change})


def test_scores_are_whole_and_a_hundredfold():
    result = result_of(HALVES, RUNNER, now=NOW)
    assert (result["score"], result["max-score"]) == (67, 300)
    assert [test["points"] for test in result["tests"]] == [0.67, 0.0]


def test_points_above_the_most_are_cut_for_classroom_50():
    more = replace(ADA, adjustments=(Adjustment("override", "", 5.0, "A gift."),))
    assert classroom50_problems(result_of(more, RUNNER, now=NOW)) == []


@pytest.mark.parametrize("one", [FAULT, VOID], ids=lambda one: one.submission)
def test_what_could_not_be_graded_is_no_result_for_classroom_50(one):
    with pytest.raises(ExportError, match="could not be graded"):
        result_of(one, RUNNER, now=NOW)


def test_a_variable_that_the_runner_did_not_set_is_named():
    with pytest.raises(ExportError, match="RELEASE_URL is not set"):
        result_of(ADA, {**RUNNER, "RELEASE_URL": ""}, now=NOW)


def test_without_a_review_there_is_the_commit():
    assert result_of(ADA, RUNNER, now=NOW)["review"] == RUNNER["COMMIT_URL"]


# ---- All of them ----------------------------------------------------------------------------------------------------


def test_no_export_holds_what_a_hidden_check_saw():
    outcomes = {check.outcome for task in HALVES.tasks for check in task.checks if not check.visible}
    assert outcomes == {Outcome.FAILED}, "this report has something to hide"
    texts = [
        to_text(results_of(HALVES)),
        to_prairielearn(HALVES),
        to_junit([HALVES]),
        json.dumps(result_of(HALVES, RUNNER, now=NOW)),
    ]
    assert [SECRET in text for text in texts] == [False] * 4
    assert all("A long read, too." in text for text in texts), "its sentence is there"
