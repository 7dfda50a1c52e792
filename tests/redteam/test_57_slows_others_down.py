"""A notebook slows others down: it raises its own priority, lowers that of its user, and burns on every core.

What it could do to a process that it knows by its id is row 61.
"""

from dataclasses import replace

from arena import LIMITS, outcome
from threat import RIGHT, Threat
from weapons import ECHO, REFUSED, answers, tools, unguarded

from dlfb_lab._outcome import Outcome

WAYS = """
attempt("its own, to the top", os.setpriority, os.PRIO_PROCESS, 0, -20)
attempt("its own, ahead of all others", os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(50))
attempt("its disk's, ahead of all others", raw, "ioprio_set", 1, 0, 1 << 13)
attempt("its group's", os.setpriority, os.PRIO_PGRP, 0, 19)
attempt("its user's", os.setpriority, os.PRIO_USER, NOBODY, 19)
"""
# The hash lets go of Python's lock, so that this takes as many cores as there are.
BURN = """\
import hashlib, threading

def burn():
    while True:
        hashlib.pbkdf2_hmac("sha256", b"", b"", 1 << 20)

def burn_all():
    for _ in range(8):
        threading.Thread(target=burn, daemon=True).start()
    burn()
"""

THREAT = Threat(
    57,
    "Priority raised, that of others lowered, all cores taken",
    "The filter allows such calls on oneself alone; nobody gets ahead without capabilities; processor time is limited.",
    "all kernels belong to one user, who may do all this to the others",
)


def test_nobody_gets_ahead_and_nobody_is_pushed_back(arena):
    loot = arena.loot(tools(), "NOBODY = 0", WAYS)
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == 5


def test_an_ordinary_process_pushes_others_back():
    loot = unguarded(tools(), "os.setsid()\nNOBODY = 0x7FFFFFFE", WAYS)  # the tests' own group has work to do
    assert loot["its group's"] == "done"
    assert loot["its user's"] == "ESRCH", "it was looked for"


def test_processor_time_is_counted_over_all_threads_and_has_an_end(arena):
    """Meanwhile a neighbor gets its share."""
    with arena.zygote.spawn(entry=ECHO) as neighbor:
        report = arena.grade(BURN, "burn_all()", RIGHT, limits=replace(LIMITS, cpu=6))
        assert answers(neighbor)
    (cell,) = report.cells
    assert (cell.cell, cell.outcome) == (3, Outcome.TIMED_OUT)
    assert cell.finding.saw == "It was stopped: it used more processor time than it may."
    assert outcome(report) is Outcome.PASSED
