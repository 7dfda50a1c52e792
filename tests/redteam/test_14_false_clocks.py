"""A notebook sets its clocks back and makes waiting for results a matter of nothing, to look fast."""

import time

from arena import HASTY, outcome, points, verdicts
from threat import RIGHT, WRONG, Threat

from dlfb_lab._outcome import Outcome

CLOCKS = """\
import threading, time
for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, name + "_ns", lambda: 0)
jax.block_until_ready = lambda value: value
assert time.time() == time.monotonic() == time.perf_counter_ns() == 0
"""
SLOW = """\
def kmer_counts(idx, K):
    threading.Event().wait(2 * LONGEST)
    return jnp.zeros(K + 1, dtype=jnp.int32)
"""

THREAT = Threat(
    14,
    "Clocks and `block_until_ready` patched, to look fast",
    "Time is taken in the grader, by a clock of its own, and only to end what takes too long. Speed earns nothing.",
    "same process: a test that takes the time uses the patched clock",
)


def test_false_clocks_win_no_time(arena):
    began = time.monotonic()
    report = arena.grade(CLOCKS, SLOW.replace("LONGEST", str(HASTY.wall_request)), limits=HASTY)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.TIMED_OUT, 0)
    assert time.monotonic() - began >= HASTY.wall_request


def test_nor_points_nor_do_they_cost_any(arena):
    for answer, plain in ((WRONG, arena.wrong), (RIGHT, arena.honest)):
        report = arena.grade(CLOCKS, answer)
        assert report.cells == ()
        assert verdicts(report) == verdicts(plain)
