"""A notebook loops, sleeps, or waits for input, in a cell or in an answer."""

from dataclasses import replace

import pytest
from arena import HASTY, outcome, points
from threat import RIGHT, Threat

from dlfb_lab._outcome import Outcome

WAYS = ("while True: pass", "import time; time.sleep(1000)", "import os; r, w = os.pipe(); os.read(r, 1)")

THREAT = Threat(
    40,
    "Endless loop, sleep or read",
    "A wall clock for each request and each submission, in the grader; SIGKILL.",
    "interrupts a cell after 30 s",
)


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_that_never_ends_costs_only_itself(arena, way):
    """The statements after it in its cell are lost; the next cell's answer is judged."""
    report = arena.grade(way, RIGHT, limits=replace(HASTY, wall_submission=30))
    assert outcome(report) is Outcome.PASSED
    assert [cell.outcome for cell in report.cells] == [Outcome.TIMED_OUT]


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_never_ends_is_timed_out(arena, way):
    report = arena.grade(f"def kmer_counts(idx, K):\n    {way}", limits=HASTY)
    assert outcome(report) is Outcome.TIMED_OUT
    assert points(report) == 0
