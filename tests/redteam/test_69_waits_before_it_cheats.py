"""Answers that behave for a while, and cheat, fail or end the process after so many calls, or only in some of them."""

import pytest
from arena import outcome, points
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

START = RIGHT.replace("kmer_counts", "right_counts") + "\ncalls = []\n"
BOMB = """
def kmer_counts(idx, K):
    calls.append(1)
    return right_counts(idx, K) + {when}
"""
THREAT = Threat(
    69,
    "Time bombs: another answer after some calls",
    "All checks ask, hidden ones with other inputs; every single answer counts, whenever it was given.",
    "seen only where the teacher's own tests call the answer often enough",
    (START, BOMB.format(when="(len(calls) > 3)")),
)


@pytest.mark.parametrize("when", ["(len(calls) > 3)", "(len(calls) <= 3)", "(len(calls) == 5)"])
def test_a_bomb_that_goes_off_while_anybody_asks_is_seen(arena, when):
    report = arena.grade(START, BOMB.format(when=when), OTHER)
    assert outcome(report) is Outcome.FAILED
    assert 0 < points(report) < 2, "some of the checks came before it, or after it"
    assert outcome(report, "set_first") is Outcome.PASSED


def test_an_end_of_the_process_after_some_calls_is_a_crash_and_no_success(arena):
    """With the exit code of a success. The next task is judged in a new process."""
    bomb = "import os\ndef kmer_counts(idx, K):\n    calls.append(1)\n    if len(calls) > 5: os._exit(0)\n"
    report = arena.grade(START, bomb + "    return right_counts(idx, K)", OTHER)
    assert outcome(report) is Outcome.CRASHED
    assert outcome(report, "set_first") is Outcome.PASSED


def test_a_bomb_that_waits_for_the_end_of_the_process_harms_nobody(arena):
    """At its end the process is killed; nothing that it has prepared runs any more."""
    late = "import atexit, time\natexit.register(time.sleep, 1000)"
    assert outcome(arena.grade(late, RIGHT)) is Outcome.PASSED
