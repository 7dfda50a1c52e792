"""A notebook writes replies to the grader that claim, or are, more than anybody can take."""

import time

import pytest
from arena import LIMITS, outcome, points
from threat import IMPORTS, OTHER, Threat
from weapons import wire_tools

from autograder.session import Session
from dlfb_lab._errors import AnswerLost
from dlfb_lab._outcome import Outcome

FRAMES = {
    "a message of 2**63 bytes": "send_all((2**63).to_bytes(8, 'little'))",
    "a message just too large": "send_all(((64 << 20) + 1).to_bytes(8, 'little'))",
    "a header longer than its message": "frame((2**31).to_bytes(4, 'little') + b'[]')",
    "an array of 2**66 places": "reply('ok', {'a': 'numpy', 'd': 'int8', 's': [2**33, 2**33]})",
    "an array of a negative size": "reply('ok', {'a': 'jax', 'd': 'int8', 's': [-1, -1]})",
    "an empty array of endless length": "reply('ok', {'a': 'numpy', 'd': 'int8', 's': [2**47, 0]})",
    "an array of which nothing comes": "reply('ok', {'a': 'numpy', 'd': 'float32', 's': [1 << 20]})",
    "lists in lists": "text(b'[' * 100000)",
    "an int of a million digits": "text(b'[1,\"ok\",' + b'9' * 1000000 + b']')",
    "twenty million lists": "text(b'[' + b'[],' * 20000000 + b'0]')",
    "fifteen million numbers": "text(b'[' + b'1.5,' * 15000000 + b'0]')",
    "keys of a dict that are all the same": "text(b'{' + b'\"a\":0,' * 9000000 + b'\"a\":0}')",
}
FLOODS = {
    "a thousand replies at once": "for _ in range(1000): reply('ok', 0)",
    "replies without end": "while True: reply('ok', 0)",
    "statements reached without end": "while True: reply('at', [0, 1])",
}

THREAT = Threat(
    51,
    "Floods of replies, and replies that claim or cost too much",
    "Every size is checked before anything is read or built, the header's with the rest; one reply a question.",
    "whatever the kernel sends is parsed and kept",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_reply_that_is_none_is_no_answer_at_once(arena, frame):
    """It costs the grader neither time nor memory: the arena has an eye on that."""
    started = time.monotonic()
    report = arena.grade(wire_tools(), f"def kmer_counts(idx, K):\n    {FRAMES[frame]}\n    pause()", OTHER)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.CRASHED, 0)
    saw = next(task for task in report.tasks if task.name == "kmer_counts").finding.saw
    assert saw == "The notebook's process gave an answer that is none."
    assert outcome(report, "set_first") is Outcome.PASSED
    assert time.monotonic() - started < LIMITS.wall_request


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_replies_ends_with_the_time_or_with_the_first_too_many(arena, flood):
    from dataclasses import replace

    limits = replace(LIMITS, wall_request=2)
    with Session(arena.zygote, [IMPORTS, wire_tools(), f"def answer():\n    {FLOODS[flood]}"], limits) as session:
        answer = session.answer("answer")
        started = time.monotonic()
        with pytest.raises(AnswerLost) as lost:
            for _ in range(3):
                assert answer() == 0, "the first of its replies, which may well be a value"
        assert time.monotonic() - started < 4
    endless = flood == "statements reached without end"
    assert lost.value.outcome is (Outcome.TIMED_OUT if endless else Outcome.CRASHED)


def test_a_reply_in_good_form_arrives(arena):
    """So the others were lost for what they said."""
    with Session(
        arena.zygote, [IMPORTS, wire_tools(), "def answer():\n    reply('ok', 7)\n    pause()"], LIMITS
    ) as session:
        assert session.answer("answer")() == 7
