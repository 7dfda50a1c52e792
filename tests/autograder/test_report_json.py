import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.report.json_file import SCHEMA, ReportFormatError, from_json, to_json
from autograder.report.record import Adjustment, CellProblem, CheckReport, Figure, Report, TaskReport
from dlfb_lab._finding import Diagnosis, Finding, SourceLine
from dlfb_lab._outcome import Outcome

DIAGNOSIS = Diagnosis(
    "set-not-add", "A5", "One wrote over the other.", "`.set` keeps one.", "Try `.add`?", "https://x.org"
)
FINDING = Finding("set-not-add", "got 1", (("inputs", "[0, 0]"), ("got", "[1]")), SourceLine(3, 2, "x.at[0].set(1)"))
VISIBLE = CheckReport("test_counts", "Both are counted.", True, Outcome.FAILED, FINDING)
HIDDEN = CheckReport("test_hidden", "A long read, too.", False, Outcome.FAILED, FINDING.redacted())
TASK = TaskReport("counts", "Count", Outcome.FAILED, 0.5, 2.0, (VISIBLE, HIDDEN), FINDING)
REPORT = Report(
    "ada--02",
    "Ada",
    "ada/02.ipynb",
    "02_immutability",
    (TASK,),
    cells=(CellProblem(4, Outcome.TIMED_OUT, FINDING),),
    isolation="L2",
    fingerprint="abc",
    versions={"python": "3.11", "jax": "0.10"},
    adjustments=(Adjustment("override", "counts", 0.75, "The text was unclear."),),
    figures=(Figure(12, "x: step", b"\x89PNG\0\xff"),),
)


@pytest.fixture(autouse=True)
def diagnoses(monkeypatch):
    monkeypatch.setattr("dlfb_lab._finding.diagnoses", lambda: {"set-not-add": DIAGNOSIS})


def test_a_report_comes_back_as_it_was():
    assert from_json(to_json(REPORT)) == REPORT


def test_the_file_names_its_format_first_and_ends_with_a_line_feed():
    text = to_json(REPORT)
    assert text.startswith('{\n  "schema": "dlfb-lab/report/1",\n  "submission": "ada--02",\n')
    assert text.endswith("}\n")


def test_the_order_of_the_versions_does_not_show_in_the_file():
    assert to_json(replace(REPORT, versions={"jax": "0.10", "python": "3.11"})) == to_json(REPORT)


def test_totals_are_there_for_other_programs():
    data = json.loads(to_json(REPORT))
    assert (data["points"], data["max_points"], data["final_points"]) == (0.5, 2.0, 1.25)
    assert data["grader_error"] is False


def test_a_file_from_before_there_were_adjustments_is_read():
    data = json.loads(to_json(REPORT))
    del data["adjustments"]
    assert from_json(json.dumps(data)) == replace(REPORT, adjustments=())


def test_no_adjustment_takes_more_than_there_is():
    taken = Adjustment("late", "", -9.0, "Nine days late.")
    assert replace(REPORT, adjustments=(taken,)).final_points == 0


def test_each_finding_carries_the_text_of_its_diagnosis():
    data = json.loads(to_json(REPORT))
    for finding in (data["tasks"][0]["finding"], data["tasks"][0]["checks"][1]["finding"], data["cells"][0]["finding"]):
        assert finding["diagnosis"] == "set-not-add"
        assert finding["title"] == "One wrote over the other."
        assert (finding["why"], finding["look"], finding["link"]) == (DIAGNOSIS.why, DIAGNOSIS.look, DIAGNOSIS.link)


def test_a_diagnosis_that_was_renamed_since_still_has_its_name():
    data = json.loads(to_json(replace(REPORT, tasks=(replace(TASK, finding=Finding("long-gone")),))))
    assert data["tasks"][0]["finding"]["title"] == "Long gone."


def test_what_a_hidden_check_saw_is_not_written_even_if_the_record_holds_it():
    leaky = replace(HIDDEN, finding=replace(FINDING, saw="SECRET", evidence=(("inputs", "SECRET"),)))
    text = to_json(replace(REPORT, tasks=(replace(TASK, checks=(VISIBLE, leaky), finding=leaky.finding),)))
    assert "SECRET" not in text
    assert from_json(text).tasks[0].finding == FINDING.redacted()


def test_names_stay_readable_and_acting_characters_are_escaped():
    text = to_json(replace(REPORT, student="Zoë 李雷", source="a\x1b[31m\u202eb\x9b\ud800"))
    assert '"Zoë 李雷"' in text
    assert '"a\\u001b[31m\\u202eb\\u009b\\ud800"' in text
    text.encode("utf-8")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", "{}", '{"schema": "other/1"}', "[" * 100_000])
def test_what_is_no_report_is_refused_with_what_to_do(text):
    with pytest.raises(ReportFormatError, match=r"Grade the submission again\.$"):
        from_json(text)


def test_every_truncation_is_refused():
    text = to_json(REPORT)
    for end in range(len(text) - 2):
        with pytest.raises(ReportFormatError):
            from_json(text[:end])


@pytest.mark.parametrize("key", [field for field in json.loads(to_json(Report("", "", "", ""))) if field != "schema"])
def test_a_missing_or_odd_field_is_refused(key):
    data = json.loads(to_json(REPORT))
    if key in ("points", "max_points", "final_points", "grader_error"):  # computed, so never read
        assert from_json(json.dumps({**data, key: []})) == REPORT
        return
    with pytest.raises(ReportFormatError):
        from_json(json.dumps({**data, key: 7}))
    del data[key]
    if key in ("adjustments", "figures"):  # older files have none
        return
    with pytest.raises(ReportFormatError):
        from_json(json.dumps(data))


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
POINTS = st.floats(0, 10)
OUTCOME = st.sampled_from(Outcome)
LINE = st.builds(SourceLine, st.none() | st.integers(1, 9), st.integers(1, 9), TEXT)
SEEN = st.builds(Finding, TEXT, TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple), st.none() | LINE)
BARE = SEEN.map(Finding.redacted)
CHECK = st.builds(CheckReport, TEXT, TEXT, st.just(True), OUTCOME, st.none() | SEEN) | st.builds(
    CheckReport, TEXT, TEXT, st.just(False), OUTCOME, st.none() | BARE
)
TASKS = st.lists(
    st.builds(
        TaskReport, TEXT, TEXT, OUTCOME, POINTS, POINTS, st.lists(CHECK, max_size=2).map(tuple), st.none() | BARE
    ),
    max_size=2,
).map(tuple)
CELLS = st.lists(st.builds(CellProblem, st.integers(1, 99), OUTCOME, SEEN), max_size=2).map(tuple)
VERSIONS = st.dictionaries(TEXT, TEXT, max_size=2)
FAULTS = st.lists(TEXT, max_size=2).map(tuple)
CHANGES = st.lists(st.builds(Adjustment, TEXT, TEXT, st.floats(-9, 9), TEXT), max_size=2).map(tuple)
FIGURES = st.lists(st.builds(Figure, st.integers(1, 99), TEXT, st.binary(max_size=9)), max_size=2).map(tuple)
REPORTS = st.builds(Report, TEXT, TEXT, TEXT, TEXT, TASKS, TEXT, CELLS, TEXT, TEXT, VERSIONS, FAULTS, CHANGES, FIGURES)


@given(REPORTS)
@settings(max_examples=50)
def test_any_report_comes_back_as_it_was(report):
    text = to_json(report)
    assert from_json(text) == report
    assert json.loads(text)["schema"] == SCHEMA
