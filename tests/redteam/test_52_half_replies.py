"""A notebook replies by halves, a byte at a time, or not at all; does not read what it is asked, or closes its ears."""

import time

import numpy as np
import pytest
from arena import UNHURRIED, outcome, points
from threat import IMPORTS, OTHER, Threat
from weapons import wire_tools

from autograder.session import Session
from dlfb_lab._errors import AnswerLost
from dlfb_lab._outcome import Outcome

LATE = {
    "three bytes of a length": "send_all(b'123'); pause()",
    "a length and nothing more": "send_all((1000).to_bytes(8, 'little')); pause()",
    "half of the largest message": "send_all((64 << 20).to_bytes(8, 'little')); send_all(bytes(32 << 20)); pause()",
    "a byte now and then": "send_all((1000).to_bytes(8, 'little'))\n    while True: send_all(b' '); time.sleep(0.01)",
    "nothing": "pause()",
}
CLOSED = {
    "both ends": "os.close(READ); os.close(WRITE); pause()",
    "the end for replies": "os.close(WRITE); pause()",
}

THREAT = Threat(
    52,
    "Half a reply, a reply a byte at a time, a pipe that is not read, or is closed",
    "One deadline for a question, from its first byte to the last of its answer; no read or write waits longer.",
    "waits for the cell's time limit",
)


@pytest.mark.parametrize("way", LATE)
def test_an_answer_that_never_arrives_whole_is_timed_out(arena, way):
    report = arena.grade(wire_tools(), f"def kmer_counts(idx, K):\n    {LATE[way]}", OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.TIMED_OUT, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


@pytest.mark.parametrize("way", CLOSED)
def test_a_closed_channel_is_a_crash(arena, way):
    report = arena.grade(wire_tools(), f"def kmer_counts(idx, K):\n    {CLOSED[way]}", OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.CRASHED, 0)
    saw = next(task for task in report.tasks if task.name == "kmer_counts").finding.saw
    assert saw == "Its code closed the channel to the grader."
    assert outcome(report, "set_first") is Outcome.PASSED


def test_a_question_that_is_never_read_is_given_up(arena):
    """It is larger than any pipe, so that the grader cannot get rid of it."""
    cells = [IMPORTS, wire_tools(), "def answer(x):\n    reply('ok', 7)\n    pause()"]
    with Session(arena.zygote, cells, UNHURRIED) as session:
        answer = session.answer("answer")
        assert answer(0) == 7
        started = time.monotonic()
        with pytest.raises(AnswerLost) as lost:
            answer(np.zeros(32 << 20, np.int8))
        assert UNHURRIED.wall_request - 0.1 < time.monotonic() - started < UNHURRIED.wall_request + 1
    assert lost.value.outcome is Outcome.TIMED_OUT
