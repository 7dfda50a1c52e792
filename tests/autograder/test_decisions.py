"""What people decide about graded work is kept, is told with its reason, and outlives all that is graded later."""

from dataclasses import replace

import pytest

from autograder.decisions import DecisionError, Decisions
from autograder.ledger import Ledger
from autograder.report.record import Adjustment, Report, TaskReport
from dlfb_lab._outcome import Outcome

COUNTS = TaskReport("counts", "Count", Outcome.FAILED, 0.5, 2.0)
DRAWS = TaskReport("draws", "Draw", Outcome.PASSED, 1.0, 1.0)
REPORT = Report("ada--02", "Ada", "ada/02.ipynb", "02", (COUNTS, DRAWS), fingerprint="f1")


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path) as opened:
        yield opened


@pytest.fixture
def decisions(ledger):
    return Decisions(ledger)


def test_an_override_changes_the_points_and_says_why(decisions):
    decisions.override(REPORT, "counts", 2, " The text\nwas unclear. ")
    adjusted = decisions.adjusted(REPORT)
    assert adjusted.adjustments == (Adjustment("override", "counts", 1.5, "The text was unclear."),)
    assert (adjusted.points, adjusted.final_points) == (1.5, 3.0)


def test_an_override_holds_for_later_work_too(decisions):
    decisions.override(REPORT, "counts", 2, "It was unclear.")
    later = replace(REPORT, tasks=(replace(COUNTS, points=1.0), DRAWS), fingerprint="f2")
    assert decisions.adjusted(later).final_points == 3.0


def test_an_override_may_take_points_away(decisions):
    decisions.override(REPORT, "draws", 0, "Copied, as Ada said herself.")
    assert decisions.adjusted(REPORT).final_points == 0.5


def test_the_last_override_of_a_task_stands_and_the_others_are_remembered(decisions):
    decisions.override(REPORT, "counts", 2, "First.")
    decisions.override(REPORT, "counts", 1, "Second.")
    assert decisions.adjusted(REPORT).final_points == 2.0
    first, second = decisions.overrides("ada--02")
    assert (first.why, bool(first.withdrawn)) == ("Another override took its place.", True)
    assert (second.reason, second.withdrawn) == ("Second.", "")


def test_an_override_can_be_withdrawn_with_a_reason(decisions):
    decisions.override(REPORT, "counts", 2, "It was unclear.")
    decisions.withdraw(REPORT, "counts", "It was clear after all.")
    assert decisions.adjusted(REPORT) == REPORT
    assert decisions.overrides("ada--02")[0].why == "It was clear after all."
    with pytest.raises(DecisionError, match="No override of `counts` stands for Ada, so none can be withdrawn"):
        decisions.withdraw(REPORT, "counts", "Again.")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_is_decided_without_a_reason(decisions, reason):
    for decide in (
        lambda: decisions.override(REPORT, "counts", 2, reason),
        lambda: decisions.withdraw(REPORT, "counts", reason),
        lambda: decisions.note_regrade(REPORT, REPORT, "counts", reason),
    ):
        with pytest.raises(DecisionError, match="Say why"):
            decide()
    assert decisions.adjusted(REPORT) == REPORT


@pytest.mark.parametrize("points", [-0.5, 2.5, float("inf"), float("nan")])
def test_no_task_is_worth_less_than_nothing_or_more_than_it_is(decisions, points):
    with pytest.raises(DecisionError, match=r"cannot be given: `counts` is worth 0 to 2\.$"):
        decisions.override(REPORT, "counts", points, "So be it.")


def test_a_task_that_the_report_lacks_is_refused_with_those_it_has(decisions):
    with pytest.raises(DecisionError, match=r"The report of Ada has no task `count`\. It has: counts, draws\."):
        decisions.override(REPORT, "count", 1, "So be it.")


def test_a_regrade_is_noted_also_when_nothing_changed(decisions):
    better = replace(REPORT, tasks=(replace(COUNTS, points=2.0), DRAWS))
    decisions.note_regrade(REPORT, REPORT, "counts", "An appeal.")
    decisions.note_regrade(REPORT, better, "counts", "The machine was slow.")
    adjusted = decisions.adjusted(better)
    assert adjusted.final_points == 3.0
    assert [change.reason for change in adjusted.adjustments] == [
        "Graded once more (still 0.5): An appeal.",
        "Graded once more (2 instead of 0.5): The machine was slow.",
    ]


def test_what_the_policy_changes_holds_for_the_work_that_it_was_counted_for(decisions):
    late = Adjustment("late", "", -0.15, "A day late.")
    decisions.count(REPORT, (late, late))
    decisions.count(REPORT, (late,))
    assert decisions.adjusted(REPORT).adjustments == (late,)
    assert decisions.decided(REPORT).adjustments == ()
    assert decisions.adjusted(replace(REPORT, fingerprint="f2")).adjustments == ()
    decisions.count(REPORT, ())
    assert decisions.adjusted(REPORT) == REPORT


def test_decisions_outlive_the_run(tmp_path):
    with Ledger(tmp_path) as ledger:
        Decisions(ledger).override(REPORT, "counts", 2, "It was unclear.")
    with Ledger(tmp_path) as ledger:
        assert Decisions(ledger).adjusted(REPORT).final_points == 3.0
        assert Decisions(ledger).adjusted(replace(REPORT, submission="ben--02")).final_points == 1.5


def test_what_the_pages_show_is_remembered(decisions):
    decisions.remember_shown([REPORT, replace(REPORT, submission="ben")], ["x.pdf is no notebook."])
    decisions.remember_shown([replace(REPORT, submission="zoe"), REPORT], ["y.pdf is no notebook."])
    assert decisions.shown() == (["zoe", "ada--02"], ["y.pdf is no notebook."])
