"""The rule on what is no answer: it passes no check, and it breaks none.

A check that only looks for a fault, such as a key used twice, finds none in an answer that returns None. And an odd
object that breaks a check would look like our own fault, which costs no point.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from autograder.course import Folders, Task
from autograder.verify.house import House
from autograder.verify.judging import judge_of
from autograder.verify.problem import Problem
from autograder.verify.reference import said
from autograder.verify.workers import Lost
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import CheckResult
from dlfb_lab._outcome import Outcome


class Yes:
    """Equal to everything, true, and whatever is asked of it."""

    shape = ()

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, *args: Any, **kwargs: Any) -> "Yes":
        """Answer with itself."""
        return self

    def __getattr__(self, name: str) -> "Yes":
        return self

    def __getitem__(self, index: Any) -> "Yes":
        return self

    def __iter__(self) -> Any:
        return iter([self])

    def __float__(self) -> float:
        return 1.0


def _fail(*args: Any, **kwargs: Any) -> NoReturn:
    raise ValueError("no")


def _itself(*args: Any, **kwargs: Any) -> Callable[..., Any]:
    return _itself


DEGENERATE: dict[str, Callable[..., Any]] = {
    "None": lambda *args, **kwargs: None,
    "the first argument": lambda *args, **kwargs: args[0] if args else None,
    "the last argument": lambda *args, **kwargs: args[-1] if args else None,
    "all arguments": lambda *args, **kwargs: args,
    "0": lambda *args, **kwargs: 0,
    "True": lambda *args, **kwargs: True,
    "zeros": lambda *args, **kwargs: np.zeros(5, np.int32),
    "NaN": lambda *args, **kwargs: math.nan,
    "a text": lambda *args, **kwargs: "x",
    "an empty list": lambda *args, **kwargs: [],
    "an empty dictionary": lambda *args, **kwargs: {},
    "another function": lambda *args, **kwargs: lambda *more, **others: None,
    "itself": _itself,
    "an error": _fail,
    "an object equal to everything": Yes(),
}
_BAD = (Outcome.PASSED, Outcome.GRADER_ERROR)


def problems(house: House) -> list[Problem]:
    """Every check that what is no answer passes or breaks."""
    labs = [(lab.name, tuple(task.name for task in house.tasks_of(lab))) for lab in house.part.labs]
    items = [(lab, tasks, nothing) for lab, tasks in labs if tasks for nothing in DEGENERATE]
    judged = list(zip(items, house.workers.map(judge_nothing, house.course.folders, items), strict=True))
    lost = [_lost(lab, nothing, results) for (lab, _, nothing), results in judged if isinstance(results, Lost)]
    bad: dict[tuple[Path, str, Outcome], list[tuple[str, CheckResult]]] = {}
    for (_, _, nothing), results in judged:
        for result in () if isinstance(results, Lost) else results:
            if result.outcome in _BAD:
                bad.setdefault((result.file, result.name, result.outcome), []).append((nothing, result))
    return lost + [_of_check(house, found) for found in bad.values()]


def judge_nothing(folders: Folders, item: tuple[str, tuple[str, ...], str]) -> tuple[CheckResult, ...]:
    """How the lab's checks end on answers that all return the same nothing. Runs in a worker."""
    lab_name, names, nothing = item
    judge = judge_of(folders)
    lab = next(lab for lab in judge.course.labs if lab.name == lab_name)
    answers = {task.name: nothing_for(task, nothing) for task in lab.tasks if task.name in names}
    return judge.results(lab, DirectTransport(Host(answers)), names)


def nothing_for(task: Task, nothing: str) -> Any:
    """What to hand in for a task: a function that returns nothing of worth, or, for a value, such a value itself."""
    answer = DEGENERATE[nothing]
    if task.kind == "function" or isinstance(answer, Yes):
        return answer
    return "an error" if answer is _fail else answer()


def _lost(lab: str, nothing: str, lost: Lost) -> Problem:
    return Problem(lab, f"on answers that are {nothing}: {lost.why}", "Let a check notice it sooner.")


def _of_check(house: House, found: list[tuple[str, CheckResult]]) -> Problem:
    """What is wrong with one check, and all that shows it."""
    result = found[0][1]
    where = house.place(result.file) if result.task else "the checks"
    shown = ", ".join(nothing for nothing, _ in found)
    if result.outcome is Outcome.PASSED:
        saw = f"`{result.name}` passes an answer that is {shown}."
        return Problem(where, saw, "Ask for the right value first, then for the property.")
    saw = f"`{result.name}` breaks on an answer that is {shown}{said(result)}."
    return Problem(where, saw, "Unpack with expect_pair and expect_fields, and compare with expect_close.")
