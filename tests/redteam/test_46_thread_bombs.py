"""A notebook starts threads until it cannot, with stacks of the usual size and with the smallest ones."""

import os

from arena import LIMITS, UNHURRIED, outcome, points
from threat import OTHER, RIGHT, Threat

from autograder.sandbox.limits import MIB
from dlfb_lab._outcome import Outcome

BOMB = """\
import threading
stop = threading.Event()
loot = [0]

def bomb():
    while True:
        threading.Thread(target=stop.wait, daemon=True).start()
        loot[0] += 1
"""
SMALL_STACKS = "threading.stack_size(32 << 10)"  # so that fifty thousand of them fit into the memory allowed

THREAT = Threat(
    46,
    "Thread bombs",
    "Memory limits threads with ordinary stacks; the grader counts the threads, and so does the kernel by uid.",
    "no limit on threads",
)


def test_threads_with_ordinary_stacks_end_where_memory_does(arena):
    caught = "try:\n    bomb()\nexcept (RuntimeError, MemoryError):\n    stop.set()"
    started = arena.loot(BOMB, caught)[0]
    assert 20 < started < LIMITS.data // (4 * MIB)


def test_a_cell_with_too_many_small_threads_costs_only_itself(arena):
    """Where it has a uid of its own, the kernel is faster than the grader, and the thread bomb raises."""
    report = arena.grade(BOMB, f"{SMALL_STACKS}\nbomb()", RIGHT)
    (cell,) = report.cells
    assert (cell.cell, cell.finding.line.number) == (3, 2)
    if report.isolation == "L3":
        assert "can't start new thread" in cell.finding.saw
    else:
        assert cell.outcome is Outcome.CRASHED
        assert cell.finding.saw == f"It was stopped: it had more than {LIMITS.most_threads} threads at once."
        assert outcome(report) is Outcome.PASSED


def test_an_answer_with_too_many_threads_loses_its_points(arena):
    report = arena.grade(BOMB, SMALL_STACKS, "def kmer_counts(idx, K): bomb()", OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert points(report) == 0
    # Where the kernel is faster, it may also be XLA that gets no thread, and aborts.
    assert outcome(report) in ({Outcome.CRASHED, Outcome.FAILED} if report.isolation == "L3" else {Outcome.CRASHED})
    assert outcome(report, "set_first") is Outcome.PASSED


def test_as_many_threads_as_honest_work_needs_are_no_trouble(arena):
    few = 100 + 4 * (os.cpu_count() or 1)
    work = f"threads = [threading.Thread(target=stop.wait) for _ in range({few})]\nfor one in threads: one.start()"
    report = arena.grade(BOMB, SMALL_STACKS, work, "stop.set()", RIGHT)
    assert report.cells == ()
    assert outcome(report) is Outcome.PASSED
