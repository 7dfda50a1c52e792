"""A notebook reads memory and takes files of the fork server and the grader: in four ways, against each wall."""

import os

import pytest
from arena import LIMITS, WALLS
from threat import Threat
from weapons import REFUSED, tools, unguarded

# The fork server's memory is laid out as the child's is: what lies here, lies there.
REACHES = """
word = ctypes.create_string_buffer(b"looked for")
class Piece(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("length", ctypes.c_size_t)]

def read_directly(pid):
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        memory.seek(id(os.environ))
        assert len(memory.read(16)) == 16

def read_by_call(pid):
    here, there = Piece(ctypes.addressof(word), 8), Piece(id(os.environ), 8)
    raw("process_vm_readv", pid, ctypes.addressof(here), 1, ctypes.addressof(there), 1, 0)

def trace(pid):
    raw("ptrace", 0x4206, pid, 0, 0)  # PTRACE_SEIZE stops nobody

def take_file(pid):
    raw("pidfd_getfd", os.pidfd_open(pid), 0, 0)

for way in (read_directly, read_by_call, take_file, trace):
    attempt(way.__name__, way, PID or os.getppid())
"""
WAYS = {"read_directly", "read_by_call", "take_file", "trace"}
# What stays when one wall alone is left, on a machine where root without its powers is still root's process.
OTHERS = tuple(layer for layer in WALLS if layer not in ("landlock", "seccomp"))

THREAT = Threat(
    20,
    "Another process's memory: /proc/<pid>/mem, process_vm_readv, ptrace, pidfd_getfd",
    "Landlock and the filter each refuse them; so do another uid and the lack of capabilities.",
    "same user: the kernel may read and trace the grader",
)


def reached(arena, pid, without=()):
    return arena.told("loot", tools(), f"PID = {pid}", REACHES, without=without, limits=LIMITS)


@pytest.mark.parametrize("whose", ["fork server", "grader"])
def test_nothing_of_either_is_reached(arena, whose):
    loot = reached(arena, 0 if whose == "fork server" else os.getpid())
    assert set(loot) == WAYS
    assert set(loot.values()) <= REFUSED, loot


def test_landlock_alone_holds_all_four(arena):
    loot = reached(arena, 0, without=("seccomp", *OTHERS))
    assert set(loot.values()) <= REFUSED, loot


def test_the_filter_alone_holds_what_is_a_call_of_its_own(arena):
    loot = reached(arena, 0, without=("landlock", *OTHERS))
    assert {loot[way] for way in WAYS - {"read_directly"}} <= REFUSED, loot


def test_without_a_sandbox_a_process_is_reached():
    """A copy of the attacker, so that its memory is laid out alike."""
    copy = "import time\nPID = os.fork()\nif PID == 0:\n    time.sleep(30)\n    os._exit(0)"
    loot = unguarded(tools(), copy, REACHES, "os.kill(PID, 9)")
    if set(loot.values()) & REFUSED:
        pytest.skip(f"this machine itself refuses some: {loot}")
    assert loot == dict.fromkeys(WAYS, "done")
