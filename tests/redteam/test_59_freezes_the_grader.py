"""A notebook stops the grader, traces it, or reads and writes its memory through the system's debugging doors."""

import os

import pytest
from arena import HASTY, outcome, points
from threat import RIGHT, Threat
from weapons import ECHO, REFUSED, answers, tools, unguarded, victim

from dlfb_lab._outcome import Outcome

DOORS = """
import signal
ATTACH, SEIZE = 16, 0x4206
for number, pid in enumerate(TARGETS):
    attempt(f"stop {number}", os.kill, pid, signal.SIGSTOP)
    attempt(f"continue {number}", os.kill, pid, signal.SIGCONT)
    attempt(f"seize {number}", raw, "ptrace", SEIZE, pid, 0, 0)
    for name in ("environ", "maps", "mem", "auxv"):
        attempt(f"read {name} {number}", lambda: os.close(os.open(f"/proc/{pid}/{name}", os.O_RDONLY)))
    attempt(f"write mem {number}", lambda: os.close(os.open(f"/proc/{pid}/mem", os.O_RDWR)))
    attempt(f"list fd {number}", os.listdir, f"/proc/{pid}/fd")
    attempt(f"process_vm_readv {number}", raw, "process_vm_readv", pid, 0, 0, 0, 0, 0)
    attempt(f"process_vm_writev {number}", raw, "process_vm_writev", pid, 0, 0, 0, 0, 0)
"""

THREAT = Threat(
    59,
    "SIGSTOP, ptrace and /proc/<pid>/mem against the grader",
    "The filter refuses to trace and to signal, Landlock closes /proc, the processes are not dumpable.",
    "same user, same computer: `ptrace` stops the grader wherever Yama is not set",
)


def test_neither_grader_nor_fork_server_nor_neighbor_can_be_held_or_read(arena):
    with arena.zygote.spawn(entry=ECHO) as sibling:
        pids = (sibling.pid, os.getpid(), arena.zygote._process.pid)
        loot = arena.loot(tools(), f"TARGETS = {pids}", DOORS)
        assert answers(sibling)
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == 3 * 11, "not all was tried"


@pytest.mark.parametrize("way", ["os.kill(os.getppid(), 19)", "ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)"])
def test_a_freeze_in_the_middle_of_a_call_holds_up_nobody(arena, way):
    """`arena.grade` looks at the clock. The wrong answer around it stays wrong."""
    report = arena.grade("import ctypes, os", f"def kmer_counts(idx, K):\n    {way}\n    return idx", limits=HASTY)
    assert (outcome(report), points(report)) == (Outcome.FAILED, 0)
    assert outcome(arena.grade(RIGHT)) is Outcome.PASSED


def test_without_a_sandbox_the_same_doors_are_open():
    with victim() as pid:
        loot = unguarded(tools(), f"TARGETS = ({pid},)", DOORS)
    if loot["seize 0"] == "EPERM":
        pytest.skip("this system lets nobody trace a stranger (Yama), and so proves nothing")
    assert set(loot.values()) == {"done"}, loot
