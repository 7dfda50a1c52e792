"""A notebook ends its process before a check can fail, politely or not, and in the middle of one."""

import pytest
from arena import outcome, points, verdicts
from threat import OTHER, WRONG, Threat

from dlfb_lab._outcome import Outcome

ENDS = {
    "import sys; sys.exit(0)": Outcome.FAILED,
    "import os; os._exit(0)": Outcome.CRASHED,
    "import os; os.abort()": Outcome.CRASHED,
}
LAST_WORDS = """\
import atexit, os, pathlib
@atexit.register
def last_words():
    pathlib.Path("results.json").write_text('{"score": 1000}')
    os.write(1, b"passed")
"""

THREAT = Threat(
    6,
    "`exit` before or during the checks",
    "No reply is no pass. A new process replays the notebook and goes on with the next task.",
    "the kernel is dead: the whole notebook has no grade",
    ("import os; os._exit(0)", WRONG),
)


@pytest.mark.parametrize("end", ENDS)
def test_a_cell_that_ends_the_process_takes_nothing_along(arena, end):
    """Neither points that other cells earn, nor mistakes that they make."""
    report = arena.grade(end, WRONG, OTHER)
    assert (outcome(report), points(report)) == (Outcome.FAILED, points(arena.wrong))
    assert outcome(report, "set_first") is Outcome.PASSED
    assert [(cell.cell, cell.outcome) for cell in report.cells] == [(2, ENDS[end])]


@pytest.mark.parametrize("end", ENDS)
def test_an_answer_that_ends_the_process_costs_its_own_points(arena, end):
    report = arena.grade(f"def kmer_counts(idx, K):\n    {end}", OTHER)
    assert (outcome(report), points(report)) == (ENDS[end], 0)
    assert outcome(report, "set_first") is Outcome.PASSED
    assert report.cells == ()


def test_last_words_are_not_heard(arena):
    report = arena.grade(LAST_WORDS, WRONG)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)
