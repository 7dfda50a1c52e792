"""The rules of the house hold for our own courses: each rule, and each sample answer by its name.

What is looked for stands in `autograder/verify`, where `autograder verify` finds it too.
"""

import sys
from pathlib import Path

import pytest
from helpers import COURSE, ROOT

from autograder.course import load_course
from autograder.verify import RULES, RUNS, accuracy, of_right, of_wrong, open_house, samples_of

RIGHT, WRONG = samples_of(ROOT, "right"), samples_of(ROOT, "wrong")
# Seconds for one answer, on a machine that has other work too.
PATIENCE = 300.0
# The other Python, whose environment `requirements/second.py` makes, need not throw the same dice as often.
IS_SECOND = Path(sys.prefix).name.startswith(".venv-")


@pytest.fixture(scope="module")
def house():
    """The course of this repository."""
    with open_house(load_course(ROOT), runs=5 if IS_SECOND else RUNS, limit=PATIENCE) as opened:
        yield opened


@pytest.fixture(scope="module")
def house_of_kinds():
    """The course of the tests, with every kind of answer."""
    with open_house(load_course(COURSE), runs=5, limit=PATIENCE) as opened:
        yield opened


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_passes(house, answer):
    assert of_right(house, answer, house.verdicts[answer]) == []
    assert len(house.verdicts[answer].checks) > 1


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_gets_its_diagnosis(house, answer):
    assert of_wrong(house, answer, house.verdicts[answer]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_of_the_house_holds(house, rule):
    assert [str(problem) for problem in rule.find(house)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_of_the_house_holds_for_every_kind_of_answer(house_of_kinds, rule):
    assert [str(problem) for problem in rule.find(house_of_kinds)] == []


def test_every_diagnosis_is_right(house):
    found = accuracy(house)
    assert (found.diagnosed, found.accepted, found.rejected) == (len(WRONG), 0, 0)
    assert (found.wrong, found.right) == (len(WRONG), len(RIGHT))
