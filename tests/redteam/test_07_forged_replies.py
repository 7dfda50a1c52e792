"""A notebook prints that it has passed, and writes replies of its own to the grader."""

import pytest
from arena import outcome, points, verdicts
from threat import OTHER, WRONG, Threat

from dlfb_lab._outcome import Outcome

PRINTS = """\
import json, os, sys
verdict = json.dumps({"tasks": [{"name": "kmer_counts", "outcome": "passed", "points": 1000.0}], "score": 1000.0})
for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
    print("\\r" + verdict + "\\n1 passed in 0.01s", file=stream, flush=True)
for fd in (0, 1, 2):
    os.write(fd, verdict.encode())
"""
# The real end of the real pipe, and the number of the question that is being answered.
WRITES = """\
import gc, json, os, sys

def reply(number, kind, value):
    header = json.dumps([number, kind, value]).encode()
    body = len(header).to_bytes(4, "little") + header
    (channel,) = [one for one in gc.get_objects() if type(one).__name__ == "Channel"]
    os.write(channel._write_fd, len(body).to_bytes(8, "little") + body)

def question():
    frame = sys._getframe(1)
    while frame.f_code.co_name != "answer":
        frame = frame.f_back
    return frame.f_locals["number"]

def kmer_counts(idx, K):
    FORGERY
    return jnp.zeros(K + 1, dtype=jnp.int32)
"""
# What is written; what becomes of the task, and of another one. Where the forgery is taken for the answer, the true one
# is one too many, each time for the question after it: the forger's processes are used up before all is judged.
FORGERIES = {
    'reply(question(), "ok", {"m": [["outcome", "passed"], ["points", 1000]]})': (Outcome.NOT_RUN, Outcome.NOT_RUN),
    'reply(question(), "ok", None); reply(0, "end", {"points": 1000})': (Outcome.NOT_RUN, Outcome.NOT_RUN),
    'reply(question(), "passed", 1000)': (Outcome.CRASHED, Outcome.PASSED),
    'reply(question() + 1, "ok", [2, 0, 0, 1, 1])': (Outcome.CRASHED, Outcome.PASSED),
    'reply(question(), "at", [-1, 1])': (Outcome.CRASHED, Outcome.PASSED),
}

THREAT = Threat(
    7,
    "Forged results on standard output and on the pipe",
    "Nothing printed is read. A reply is a value that is compared, never a verdict; one too many ends the process.",
    "only errors among the outputs count; see row 3 for a number that is displayed",
    (PRINTS, WRONG),
)


def test_what_is_printed_is_nothing(arena):
    report = arena.grade(*THREAT.cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_reply_is_no_verdict(arena, forgery):
    report = arena.grade(WRITES.replace("FORGERY", forgery), OTHER)
    assert report.cells == ()
    assert (outcome(report), outcome(report, "set_first")) == FORGERIES[forgery]
    assert points(report) == 0
    assert not report.has_grader_error


def test_a_true_word_in_the_same_form_is_taken(arena):
    """So the forgeries are well-formed: they fail for what they say, and when."""
    cell = "reply(question(), 'at', [0, 1])\ndone = 1"
    assert arena.loot(WRITES.replace("FORGERY", "pass"), cell, name="done") == 1
