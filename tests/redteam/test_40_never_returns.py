"""A notebook loops, sleeps, waits for input, or stops itself, in a cell or in an answer."""

import pytest
from arena import UNHURRIED, outcome, points
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

WAYS = (
    "while True: pass",
    "import time; time.sleep(1000)",
    "import os; r, w = os.pipe(); os.read(r, 1)",
    "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
)

THREAT = Threat(
    40,
    "Endless loop, sleep, read or pause",
    "A wall clock for each request and each submission, in the grader; SIGKILL.",
    "interrupts a cell after 30 s",
)


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_that_never_ends_costs_only_itself(arena, way):
    """The statements after it in its cell are lost; the next cell's answer is judged."""
    report = arena.grade(way, RIGHT, limits=UNHURRIED)
    assert outcome(report) is Outcome.PASSED
    assert [cell.outcome for cell in report.cells] == [Outcome.TIMED_OUT]


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_never_ends_is_timed_out(arena, way):
    report = arena.grade(f"def kmer_counts(idx, K):\n    {way}", OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert outcome(report) is Outcome.TIMED_OUT
    assert points(report) == 0
    assert outcome(report, "set_first") is Outcome.PASSED
