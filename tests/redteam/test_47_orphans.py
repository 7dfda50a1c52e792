"""A notebook leaves a process behind that has cut all its ties, to go on when the grader is done with it."""

import os
from pathlib import Path

from arena import UNHURRIED, WALLS, _descendants, outcome
from threat import IMPORTS, RIGHT, Threat
from weapons import REFUSED, tools

from autograder.session import Session
from dlfb_lab._outcome import Outcome

DAEMON = """
import signal, time
out, into = os.pipe()
orphans = []

def leave_one_behind():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            os.write(into, b"%d " % os.getpid())
            time.sleep(120)
        os._exit(0)

for n in range(3):
    attempt(f"orphan {n}", leave_one_behind)
if "done" in loot.values():
    time.sleep(0.5)
    orphans = [int(text) for text in os.read(out, 1000).split()]
"""

THREAT = Threat(
    47,
    "A daemon that outlives the grading (fork, setsid, fork)",
    "It cannot fork. If it could: the fork server adopts orphans, and kills all of them before there is a verdict.",
    "the kernel's process group is killed; what has left it lives on",
)


def test_nobody_can_be_left_behind(arena):
    report = arena.grade(tools(), DAEMON, RIGHT)
    assert report.cells == ()
    assert outcome(report) is Outcome.PASSED
    assert set(arena.loot(tools(), DAEMON).values()) <= REFUSED


def test_without_the_filter_orphans_are_found_and_killed(arena):
    """The arena looks for whatever is left; here for those whose names are known."""
    from arena import _Without

    cells = [IMPORTS, tools(), DAEMON]
    with Session(_Without(arena.zygote, WALLS), cells, UNHURRIED) as session:
        (orphans,) = session.request("lookup", "orphans")
        child = session._child.pid
        assert len(orphans) == 3
        assert set(orphans) <= _descendants(arena.zygote._process.pid), "the fork server has adopted them"
        assert not set(orphans) & _descendants(child)
        assert all(os.getsid(orphan) != os.getsid(child) for orphan in orphans)
    assert not any(Path(f"/proc/{orphan}").exists() for orphan in orphans)
