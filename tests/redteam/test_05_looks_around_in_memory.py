"""An answer looks for what it is compared with: in the frames of its callers, in the collector, in loaded modules."""

from arena import verdicts
from threat import DECOY, WRONG, Threat

CLIMBS = """\
import sys
calls, deepest = 0, 0

def kmer_counts(idx, K):
    "The n-th call returns the n-th list of numbers in its callers' frames that has the right length."
    global calls, deepest
    frame, depth, found = sys._getframe(1), 0, []
    while frame is not None:
        values = [*frame.f_code.co_consts, *dict(frame.f_locals).values()]
        found += [one for one in values if type(one) in (list, tuple) and len(one) == K + 1]
        frame, depth = frame.f_back, depth + 1
    found = [one for one in found if all(type(part) is int for part in one)]
    calls, deepest = calls + 1, max(deepest, depth)
    return jnp.array(found[(calls - 1) % len(found)]) if found else wrong(idx, K)
"""
WRONG_ELSEWHERE = WRONG.replace("kmer_counts", "wrong")

THREAT = Threat(
    5,
    "Searching frames, the garbage collector and modules for expected values",
    "They are in no memory that the process has: inputs go in, values come out, and are compared elsewhere.",
    "same process: expected values stand in the caller's frame",
    (WRONG_ELSEWHERE, CLIMBS),
)


def test_no_frame_above_an_answer_knows_what_is_expected(arena):
    report = arena.grade(*THREAT.cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)
    assert arena.told("deepest", *THREAT.cells) > 5, "it did not climb"


def test_in_the_same_process_it_would_find_it(arena):
    assert arena.fooled_beside_its_tests(*THREAT.cells)


def test_no_object_that_the_collector_knows_holds_a_secret(searched):
    """It knows a decoy. Without a sandbox it finds the secret: see tests/autograder/test_canary.py."""
    assert searched["loot"]["objects"] == [DECOY]
