"""Right answers pass, wrong ones get their diagnosis, and what is no answer at all passes nothing."""

import math
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from helpers import COURSE, ROOT, Judge, as_notebook, samples

from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._outcome import Outcome

RIGHT, WRONG = samples(ROOT / "tests/right"), samples(ROOT / "tests/wrong")
JUDGES = {"labs": Judge(ROOT), "kinds": Judge(COURSE)}
TASKS = {(name, task.name): task for name, judge in JUDGES.items() for lab in judge.course.labs for task in lab.tasks}


class Yes:
    """Equal to everything, and true."""

    shape = ()

    def __eq__(self, other):
        return True

    __hash__ = None

    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        return self

    def __getitem__(self, index):
        return self

    def __iter__(self):
        return iter([self])

    def __float__(self):
        return 1.0


def fail(*args):
    raise ValueError("no")


DEGENERATE = {
    "none": lambda *args: None,
    "the first argument": lambda *args: args[0] if args else None,
    "the last argument": lambda *args: args[-1] if args else None,
    "all arguments": lambda *args: args,
    "zero": lambda *args: 0,
    "zeros": lambda *args: np.zeros(5, np.int32),
    "nan": lambda *args: math.nan,
    "a text": lambda *args: "x",
    "an empty list": lambda *args: [],
    "an error": fail,
    "a yes": Yes(),
}


def compile_quickly():
    """Have XLA optimize little: half of the time here is its compilation, of programs that run once."""
    os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0"


def verdict_on(answer):
    """The verdict on one answer in a notebook of its own: some keep names of theirs beside it."""
    return JUDGES["labs"].verdicts(as_notebook(answer.source), [answer.task])[answer.task]


@pytest.fixture(scope="module")
def verdicts():
    """The verdict on each right and wrong answer, found in two processes."""
    answers = [*RIGHT, *WRONG]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), compile_quickly) as pool:
        return dict(zip(answers, pool.map(verdict_on, answers, chunksize=4), strict=True))


def test_every_task_has_other_right_answers_and_three_wrong_ones():
    tasks = [task.name for lab in JUDGES["labs"].course.labs for task in lab.tasks]
    assert {answer.task for answer in RIGHT} == set(tasks)
    assert {task: sum(a.task == task for a in WRONG) for task in tasks if sum(a.task == task for a in WRONG) < 3} == {}
    assert all(answer.diagnosis for answer in WRONG)


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_passes(verdicts, answer):
    checks = verdicts[answer].checks
    assert {check.name: check.finding for check in checks if check.outcome is not Outcome.PASSED} == {}
    assert len(checks) > 1


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_gets_its_diagnosis(verdicts, answer):
    assert (verdicts[answer].outcome, verdicts[answer].diagnosis) == (Outcome.FAILED, answer.diagnosis)


@pytest.mark.parametrize("nothing", DEGENERATE)
@pytest.mark.parametrize("course", JUDGES)
def test_what_is_no_answer_passes_no_check_and_breaks_none(course, nothing):
    tasks = [task for (where, _), task in TASKS.items() if where == course]
    answer = DEGENERATE[nothing]
    names = {task.name: value_of(answer) if task.kind == "value" else answer for task in tasks}
    verdicts = JUDGES[course].verdicts(DirectTransport(Host(names)), list(names))
    bad = {Outcome.PASSED, Outcome.GRADER_ERROR}
    assert [(check.name, check.outcome) for v in verdicts.values() for check in v.checks if check.outcome in bad] == []
    assert sum(len(v.checks) for v in verdicts.values()) > len(tasks)


def value_of(answer):
    """What to hand in where a value is asked for and no function."""
    if isinstance(answer, Yes):
        return answer
    return "an error" if answer is fail else answer()
