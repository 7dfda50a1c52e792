"""A notebook ignores every signal, swallows every exception, and loops."""

from dataclasses import replace

from arena import LIMITS, UNHURRIED, outcome, points
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

DEAF = """\
import signal
loot = []
for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
        loot.append(int(number))
    except OSError:
        pass  # the C library keeps two of them to itself
"""
LOOP = """\
def endless():
    while True:
        try:
            while True: pass
        except BaseException:
            pass
"""
ANSWER = "def kmer_counts(idx, K): endless()"

THREAT = Threat(
    41,
    "A loop that ignores all signals and swallows KeyboardInterrupt and SystemExit",
    "Nothing is asked of it: it gets SIGKILL, from the grader's clock or from the kernel's limit on processor time.",
    "interrupts it, waits, and leaves the kernel running",
)


def test_an_answer_that_hears_nothing_is_timed_out(arena):
    report = arena.grade(DEAF, LOOP, ANSWER, OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.TIMED_OUT, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


def test_it_really_is_deaf(arena):
    """So an interrupt, as kernels send it, would change nothing."""
    import signal

    asked = "import os\nfor number in (2, 15, 24): os.kill(os.getpid(), number)"
    heard = set(arena.loot(DEAF, asked))
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGXCPU, signal.SIGALRM} <= heard


def test_processor_time_has_an_end_too_for_the_deaf(arena):
    """The kernel ends it, long before the clock; what it ended it for, the kernel does not say."""
    report = arena.grade(DEAF, f"{LOOP}endless()", RIGHT, limits=replace(LIMITS, cpu=4, wall_request=30))
    assert [cell.outcome for cell in report.cells] == [Outcome.OVER_MEMORY]
    assert "stopped by the system" in report.cells[0].finding.saw
    assert outcome(report) is Outcome.PASSED
