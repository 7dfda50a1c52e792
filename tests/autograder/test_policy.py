"""The arithmetic of grades: never below nothing, never above everything, the same in whatever order."""

import datetime
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.policy import (
    Attempt,
    Extension,
    Late,
    Mark,
    Policy,
    final_grade,
    is_judged,
    late_changes,
    the_one_that_counts,
)
from autograder.report.record import Adjustment, CheckReport, Report, TaskReport
from dlfb_lab._outcome import Outcome

ZONE = datetime.timezone(datetime.timedelta(hours=1))
DUE = datetime.datetime(2025, 3, 3, 23, 59, tzinfo=ZONE)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
POLICY = Policy(due={"02": DUE}, late=Late(10, grace_minutes=15, cap_percent=50))


def report(points=8.0, most=10.0, **more):
    return Report("ada--02", "Ada", "ada/02.ipynb", "02", (TaskReport("t", "T", Outcome.FAILED, points, most),), **more)


def lost(points=8.0, after=HOUR, policy=POLICY, students=("ada",)):
    return late_changes(report(points), policy, DUE + after, students)


@pytest.mark.parametrize("after", [-DAY, datetime.timedelta(), datetime.timedelta(minutes=15)])
def test_nothing_is_taken_until_the_grace_is_over(after):
    assert lost(after=after) == ()


def test_each_day_begun_takes_a_part_of_what_was_reached_and_says_why():
    (change,) = lost(after=DAY + HOUR)
    assert (change.kind, change.task, change.points) == ("late", "", -1.6)
    assert change.reason == (
        "Handed in 2025-03-05 00:59+01:00, due 2025-03-03 23:59+01:00: 2 days late; 20 % of 8 points."
    )
    assert "1 day late; 10 % of 8 points" in lost(after=HOUR)[0].reason


def test_the_same_moment_elsewhere_is_as_late():
    elsewhere = (DUE + HOUR).astimezone(datetime.timezone(-9 * HOUR))
    assert late_changes(report(), POLICY, elsewhere, ["ada"])[0].points == lost()[0].points


def test_the_cap_is_the_most_that_is_taken():
    assert lost(after=30 * DAY)[0].points == -4.0


def test_without_a_policy_lateness_is_told_and_costs_nothing():
    (change,) = lost(policy=Policy(due={"02": DUE}))
    assert change.points == 0.0
    assert change.reason.endswith(": 1 day late; it costs nothing.")


def test_without_a_time_or_a_due_date_nobody_is_late():
    assert late_changes(report(), POLICY, None, ["ada"]) == ()
    assert late_changes(report(), Policy(late=Late(10)), DUE + DAY, ["ada"]) == ()


def test_an_extension_moves_the_due_date_and_is_told():
    policy = replace(POLICY, extensions=(Extension("ada", "02", DUE + 2 * DAY, "ill"),))
    (change,) = lost(after=DAY, policy=policy)
    assert (change.kind, change.points) == ("extension", 0.0)
    assert change.reason == "Due 2025-03-05 23:59+01:00, by an extension: ill"
    assert [change.points for change in lost(after=2 * DAY + HOUR, policy=policy)] == [0.0, -0.8]
    assert lost(after=-HOUR, policy=policy) == ()


def test_an_extension_is_for_its_student_and_its_lab_and_never_shortens():
    for one in (Extension("ben", "02", DUE + 9 * DAY), Extension("ada", "03", DUE + 9 * DAY)):
        assert lost(policy=replace(POLICY, extensions=(one,)))[0].points == -0.8
    earlier = Extension("ada", "02", DUE - 9 * DAY)
    assert lost(after=-HOUR, policy=replace(POLICY, extensions=(earlier,))) == ()


def test_an_extension_of_one_is_the_groups_and_keeps_its_reason_private():
    policy = replace(POLICY, extensions=(Extension("ben", "02", DUE + 2 * DAY, "ill"),))
    (change,) = lost(policy=policy, students=("ada", "ben"))
    assert change.reason == "Due 2025-03-05 23:59+01:00, by an extension."


def attempt(points, hours=None, name="a", **more):
    return Attempt(replace(report(points, **more), submission=name), None if hours is None else DUE + hours * HOUR)


def test_the_best_of_the_last_n_counts():
    tries = [attempt(9, 1, "a"), attempt(3, 2, "b"), attempt(5, 3, "c")]
    assert the_one_that_counts(tries, 0) == tries[0]
    assert the_one_that_counts(tries, 1) == tries[2]
    assert the_one_that_counts(tries, 2) == tries[2]
    assert the_one_that_counts(tries, 3) == tries[0]


def test_where_times_are_unknown_the_best_of_all_counts():
    assert the_one_that_counts([attempt(9, None, "a"), attempt(3, 2, "b")], 1).report.submission == "a"


def test_what_could_not_be_judged_counts_only_where_there_is_nothing_else():
    fault = TaskReport("t", "T", Outcome.GRADER_ERROR, 0.0, 10.0)
    broken = Attempt(replace(report(), tasks=(fault,), faults=("x",)), DUE)
    assert the_one_that_counts([broken, attempt(0)], 0) == attempt(0)
    assert the_one_that_counts([broken], 0) == broken


def test_a_task_without_a_verdict_is_judged_once_a_person_says_so():
    fault = replace(report(), tasks=(TaskReport("t", "T", Outcome.GRADER_ERROR, 0.0, 10.0),))
    assert not is_judged(fault)
    assert is_judged(replace(fault, adjustments=(Adjustment("override", "t", 5.0, "By hand."),)))
    check = CheckReport("test_t", "It holds.", True, Outcome.GRADER_ERROR)
    assert is_judged(replace(fault, tasks=(TaskReport("t", "T", Outcome.GRADER_ERROR, 5.0, 10.0, (check,)),)))
    assert is_judged(report())


MARKS = (Mark("02", 8, 10), Mark("03", 5, 20), Mark("04", 30, 30))


def test_without_weights_each_lab_counts_by_its_points():
    assert final_grade(MARKS, Policy()) == (round(100 * 43 / 60, 2), ())


def test_with_weights_a_lab_without_one_does_not_count():
    assert final_grade(MARKS, Policy(weights={"02": 1, "03": 3})) == (round(100 * (0.8 + 3 * 0.25) / 4, 2), ())


def test_the_lowest_is_dropped():
    assert final_grade(MARKS, Policy(drop_lowest=1)) == (95.0, ("03",))


def test_dropping_the_lowest_share_alone_would_not_be_the_best():
    marks = (Mark("a", 0.0, 1), Mark("b", 40, 100), Mark("c", 10, 10))
    assert final_grade(marks, Policy(drop_lowest=1)) == (round(100 * 10 / 11, 2), ("b",))


def test_one_lab_always_counts():
    assert final_grade(MARKS[:1], Policy(drop_lowest=5)) == (80.0, ())


def test_a_lab_that_could_not_be_judged_costs_nothing():
    assert final_grade((*MARKS[:1], Mark("03", 0, 20, counts=False)), Policy()) == (80.0, ())
    assert final_grade((Mark("03", 0, 20, counts=False),), Policy()) == (None, ())
    assert final_grade((), Policy()) == (None, ())


AMOUNT = st.floats(0, 100)
LATES = st.builds(Late, AMOUNT, st.floats(0, 10_000), AMOUNT)
AFTER = st.timedeltas(-30 * DAY, 400 * DAY)


@given(st.floats(0, 10), LATES, AFTER)
def test_lateness_takes_something_between_nothing_and_all(points, late, after):
    one = report(round(points, 2))
    changes = late_changes(one, replace(POLICY, late=late), DUE + after, ["ada"])
    assert 0 <= replace(one, adjustments=changes).final_points <= one.points
    assert all(change.points <= 0 for change in changes)


@given(LATES, AFTER, st.timedeltas(datetime.timedelta(), 9 * DAY))
def test_who_hands_in_later_never_gets_more(late, after, more):
    policy = replace(POLICY, late=late)
    sooner, later = (sum(one.points for one in lost(10, time, policy)) for time in (after, after + more))
    assert later <= sooner


@given(LATES, AFTER, st.timedeltas(-9 * DAY, 9 * DAY))
def test_an_extension_never_costs_anything(late, after, longer):
    policy = replace(POLICY, late=late)
    extended = replace(policy, extensions=(Extension("ada", "02", DUE + longer),))
    without, granted = (sum(one.points for one in lost(10, after, which)) for which in (policy, extended))
    assert granted >= without


MARK = st.builds(lambda points, most: (points, most), st.floats(0, 20), st.floats(0.5, 20))
SEVERAL = st.lists(MARK, min_size=1, max_size=6).map(
    lambda pairs: [Mark(f"{number:02}", *pair) for number, pair in enumerate(pairs)]
)
WEIGHTS = st.dictionaries(st.sampled_from([f"{number:02}" for number in range(6)]), st.just(0.0) | st.floats(0.01, 5))


@given(SEVERAL, WEIGHTS, st.integers(0, 6), st.randoms())
def test_a_grade_is_a_percentage_whatever_the_order(marks, weights, drop, dice):
    policy = Policy(weights=weights, drop_lowest=drop)
    grade, dropped = final_grade(marks, policy)
    assert grade is None or 0 <= grade <= 100
    assert len(dropped) <= drop
    shuffled = dice.sample(marks, len(marks))
    assert final_grade(shuffled, policy) == (grade, dropped)


@given(SEVERAL, WEIGHTS, st.integers(0, 5))
def test_dropping_more_never_lowers_the_grade(marks, weights, drop):
    less, _ = final_grade(marks, Policy(weights=weights, drop_lowest=drop))
    more, _ = final_grade(marks, Policy(weights=weights, drop_lowest=drop + 1))
    assert (less is None and more is None) or more >= less - 0.01


@given(SEVERAL, WEIGHTS, st.integers(0, 3))
def test_no_other_choice_of_labs_to_drop_would_be_better(marks, weights, drop):
    policy = Policy(weights=weights)
    counted = [mark for mark in marks if not weights or weights.get(mark.lab, 0) > 0]
    grade, _ = final_grade(marks, replace(policy, drop_lowest=drop))
    if counted:
        keep = max(1, len(counted) - drop)
        others = [final_grade(choice, policy)[0] for choice in itertools.combinations(counted, keep)]
        assert grade == pytest.approx(max(others), abs=0.011)


@given(
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 99)), min_size=1, max_size=6), st.integers(0, 6), st.randoms()
)
def test_which_submission_counts_does_not_depend_on_their_order(pairs, best_of, dice):
    tries = [attempt(points, hours, f"s{number}") for number, (points, hours) in enumerate(pairs)]
    assert the_one_that_counts(dice.sample(tries, len(tries)), best_of) == the_one_that_counts(tries, best_of)
