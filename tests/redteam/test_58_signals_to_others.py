"""A notebook signals the grader, the fork server, its neighbors, and everybody: in each of the ways that Linux has."""

import os

from arena import outcome
from threat import RIGHT, Threat
from weapons import ECHO, answers, tools, unguarded, victim

from dlfb_lab._outcome import Outcome

# Signal 0 asks the same permission and harms nobody. TARGET alone is there to be killed.
SIGNALS = """
import fcntl, signal, socket, struct, threading

for pid in (*BYSTANDERS, -1, -TARGET):
    attempt(f"kill {pid}", os.kill, pid, 0)
for pid in range(1, TARGET):
    if pid != os.getpid():
        try:
            os.kill(pid, 0)
        except (PermissionError, ProcessLookupError):
            continue
        loot["kill one by one"] = "done"
attempt("kill", os.kill, TARGET, signal.SIGCONT)
attempt("tkill", raw, "tkill", TARGET, signal.SIGCONT)
attempt("tgkill", raw, "tgkill", TARGET, TARGET, signal.SIGCONT)
attempt("rt_sigqueueinfo", raw, "rt_sigqueueinfo", TARGET, signal.SIGCONT, struct.pack("iii", 0, 0, -1) + bytes(116))
attempt("pidfd_open", lambda: raw("pidfd_send_signal", os.pidfd_open(TARGET), signal.SIGCONT, 0, 0))

# The kernel itself signals whoever is named when bytes arrive: SIGIO ends a process that does not expect it.
here, there = socket.socketpair()
attempt("F_SETOWN", fcntl.fcntl, here, fcntl.F_SETOWN, TARGET)
attempt("FIOSETOWN", fcntl.ioctl, here, 0x8901, struct.pack("i", TARGET))
attempt("FIOASYNC", fcntl.ioctl, here, 0x5452, struct.pack("i", 1))
there.send(b"x")
"""

THREAT = Threat(
    58,
    "Signals to the grader, the fork server, other submissions",
    "Landlock's scope for signals; the filter lets a process signal itself alone; a uid of its own.",
    "the kernel is a process of the grader's own user: `kill(getppid())` ends the grading",
)


def test_nobody_outside_hears_a_signal(arena):
    with arena.zygote.spawn(entry=ECHO) as sibling:
        loot = arena.loot(tools(), targets(sibling.pid, os.getpid(), arena.zygote._process.pid), SIGNALS)
        assert answers(sibling)
    assert set(loot.values()) == {"EPERM"}, loot
    assert len(loot) == 4 + 5 + 3, "not all was tried"


def test_a_process_may_still_signal_itself(arena):
    """As `abort` and `faulthandler` do. The answer afterwards is judged as always."""
    cell = "import os, signal\nsignal.signal(10, lambda *_: heard.append(1))\nheard = []\nos.kill(os.getpid(), 10)"
    assert arena.loot(cell, name="heard") == [1]
    assert outcome(arena.grade(cell, RIGHT)) is Outcome.PASSED


def test_without_a_sandbox_the_same_code_reaches_its_neighbor():
    with victim() as pid:
        loot = unguarded(tools(), targets(pid, pid), SIGNALS.replace("-1, -TARGET", ""))
    assert set(loot.values()) == {"done"}, loot


def targets(pid, *bystanders):
    return f"TARGET, BYSTANDERS = {pid}, {bystanders}"
