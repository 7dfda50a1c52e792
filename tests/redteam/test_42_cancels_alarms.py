"""A notebook cancels every alarm and timer that it can find, stops all clocks, and loops."""

from arena import UNHURRIED, outcome, points
from threat import OTHER, Threat

from dlfb_lab._outcome import Outcome

CANCELS = """\
import faulthandler, signal, threading, time
signal.alarm(60)
signal.setitimer(signal.ITIMER_VIRTUAL, 60)
threading.Timer(60, print).start()
loot = {
    "alarm": signal.alarm(0),
    "timer": round(signal.setitimer(signal.ITIMER_VIRTUAL, 0)[0]),
    "threads": [one.cancel() for one in threading.enumerate() if isinstance(one, threading.Timer)],
}
faulthandler.cancel_dump_traceback_later()
for name in ("monotonic", "time", "perf_counter", "process_time"):
    setattr(time, name, lambda: 0.0)
loot["clock"] = time.monotonic()
"""

THREAT = Threat(
    42,
    "In-process alarms cancelled and clocks patched",
    "The clock that counts is the grader's, in another process.",
    "the clock is outside the kernel too",
)


def test_the_clock_that_counts_is_out_of_reach(arena):
    report = arena.grade(CANCELS, "def kmer_counts(idx, K):\n    while True: pass", OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.TIMED_OUT, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


def test_alarms_of_its_own_process_it_does_cancel(arena):
    """So a grader that relied on one would wait for ever."""
    assert arena.loot(CANCELS) == {"alarm": 60, "timer": 60, "threads": [None], "clock": 0.0}
