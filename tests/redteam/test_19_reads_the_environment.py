"""A notebook reads the environment: its own, what its process was started with, and that of everybody else."""

import os
from pathlib import Path

from threat import Threat
from weapons import tools

from autograder.sandbox import _start

READS = """
import ctypes, pathlib, sys

def variables():
    "As the C library has them, which may be more than Python knows."
    found = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    index = 0
    while found[index]:
        yield found[index].decode()
        index += 1

own = {"python": dict(os.environ), "c": list(variables()), "arguments": [*sys.argv, *sys.orig_argv]}
for pid in ("self", *PIDS):
    for file in ("environ", "cmdline", "mountinfo"):
        attempt(f"{pid}/{file}", os.open, f"/proc/{pid}/{file}", os.O_RDONLY)
"""

THREAT = Threat(
    19,
    "Secrets in the environment",
    "The fork server is started with a short list of variables; /proc is closed, also for a process's own entries.",
    "the kernel has the teacher's environment",
)


def test_it_holds_what_the_sandbox_put_there_and_nothing_of_the_graders(arena):
    """None is one that the grader was started with. JAX adds one of its own in both."""
    own = arena.loot(tools(), "PIDS = []", READS, name="own")
    ours = {one.partition(b"=")[0].decode() for one in Path("/proc/self/environ").read_bytes().split(b"\0")}
    expected = set(_start.environment(arena.zygote._home))
    assert expected <= set(own["python"])
    found = set(own["python"]) | {one.partition("=")[0] for one in own["c"]}
    assert {name for name in found if not name.startswith("TPU_")} & ours <= expected
    assert arena.canary not in repr(own)
    assert os.environ["NOT_FOR_ATTACKERS"] == arena.canary


def test_nobodys_can_be_read(arena):
    loot = arena.loot(tools(), f"PIDS = {[1, os.getpid(), arena.zygote._process.pid]}", READS)
    assert len(loot) == 4 * 3
    assert set(loot.values()) == {"EACCES"}, loot


def test_a_search_finds_nothing_either(searched):
    """Without a sandbox it does: see tests/autograder/test_canary.py."""
    assert searched["tried"]["environment"] > 0, "it did not look"
    assert searched["refused"]["environment"] > 5
    assert searched["loot"]["environment"] == []
