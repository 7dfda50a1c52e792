"""A notebook recurses without end: in Python, in C, in what it returns, and in its very text."""

import pytest
from arena import UNHURRIED, outcome, points
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

UNLIMITED = "import sys\nsys.setrecursionlimit(10**9)\n"
DEEP = "deep = []\nfor _ in range(10**6): deep = [deep]\n"
# How far each gets depends on the version of Python: what all have in common is that there is an end.
RECURSIONS = {
    "in Python": "def kmer_counts(idx, K): return kmer_counts(idx, K)",
    "in Python, without its limit": f"{UNLIMITED}def kmer_counts(idx, K): return kmer_counts(idx, K)",
    "in C, without its limit": f"{UNLIMITED}class A:\n    def __getattr__(self, name): return getattr(self, name)\n"
    "def kmer_counts(idx, K): return A().x",
    "in a text": f"{UNLIMITED}{DEEP}def kmer_counts(idx, K): return repr(deep)",
    "in a result": f"{DEEP}def kmer_counts(idx, K): return deep",
    "in a result that holds itself": "def kmer_counts(idx, K):\n    x = []\n    x.append(x)\n    return x",
    "in an error": "def kmer_counts(idx, K):\n    e = ValueError()\n    e.__cause__ = e.__context__ = e\n    raise e",
}
ENDS = {Outcome.FAILED, Outcome.CRASHED, Outcome.OVER_MEMORY, Outcome.TIMED_OUT}
TEXTS = {
    "signs": "-" * 200_000 + "1",
    "brackets": "(" * 100_000,
    "a sum": "1+" * 100_000 + "1",
    "attributes": "a" + ".a" * 100_000,
    "blocks": "\n".join(" " * n + "if 1:" for n in range(99)) + "\n" + " " * 99 + "pass",
}

THREAT = Threat(
    56,
    "Recursion without end, and stack overflows",
    "It happens in the student's process alone; results are read with a limit on depth, texts not parsed outside.",
    "the kernel is dead: the whole notebook has no grade",
)


@pytest.mark.parametrize("recursion", RECURSIONS)
def test_an_answer_without_bottom_costs_its_own_points(arena, recursion):
    report = arena.grade(RECURSIONS[recursion], OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert outcome(report) in ENDS
    assert points(report) == 0
    assert outcome(report, "set_first") is Outcome.PASSED


def test_what_python_notices_itself_is_named(arena):
    report = arena.grade(RECURSIONS["in Python"])
    task = next(task for task in report.tasks if task.name == "kmer_counts")
    assert (task.outcome, task.finding.diagnosis) == (Outcome.FAILED, "recursion")


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_too_deep_to_be_read_costs_only_itself(arena, text):
    report = arena.grade(TEXTS[text], RIGHT)
    assert [cell.cell for cell in report.cells] in ([2], [])
    assert outcome(report) is Outcome.PASSED
