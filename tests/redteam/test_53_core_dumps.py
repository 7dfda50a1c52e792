"""A notebook crashes, and wants its memory written to a file, or to the program that the system has for that."""

import os
import resource
import sys

import pytest
from arena import LIMITS, outcome, points
from threat import IMPORTS, OTHER, Threat
from weapons import REFUSED, tools

from autograder.sandbox import launch
from autograder.session import Session
from dlfb_lab._errors import AnswerLost
from dlfb_lab._outcome import Outcome

WISHES = """
import resource
DUMPABLE, CORE_FILTER = 4, "/proc/self/coredump_filter"
raised = "no"
try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    raised = "yes"
except ValueError:
    pass
attempt("dumpable", raw, "prctl", DUMPABLE, 1, 0, 0, 0)
attempt("filter", lambda: open(CORE_FILTER, "w").write("0x7f"))
loot |= {"raised": raised, "limit": list(resource.getrlimit(resource.RLIMIT_CORE))}
"""
CRASH = "import ctypes\ndef kmer_counts(idx, K): ctypes.string_at(0)"

THREAT = Threat(
    53,
    "Core dumps",
    "RLIMIT_CORE is 0, and the process is not dumpable, which also holds where dumps go to a program.",
    "as the container has it",
)


def test_it_cannot_wish_for_a_dump(arena):
    loot = arena.loot(tools(), WISHES)
    assert (loot.pop("raised"), loot.pop("limit")) == ("no", [0, 0])
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == 2


def test_a_crash_leaves_no_dump(arena, monkeypatch):
    """The kernel says of every process whether it has written one."""
    ends, exit_of = [], launch._exit
    monkeypatch.setattr(launch, "_exit", lambda status: ends.append(status) or exit_of(status))
    with Session(arena.zygote, [IMPORTS, tools(), WISHES, CRASH], LIMITS) as session:
        crash = session.answer("kmer_counts")
        with pytest.raises(AnswerLost, match="ended by signal 11"):
            crash(0, 0)
    status = next(status for status in ends if status is not None)
    assert os.WTERMSIG(status) == 11
    assert not os.WCOREDUMP(status)


def test_an_ordinary_process_leaves_one(tmp_path):
    """So it would be seen. Not everywhere: the system may be set to write none."""
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("this machine allows no core dumps to anybody")
    limit = f"resource.setrlimit({resource.RLIMIT_CORE}, (1 << 24, 1 << 24))"
    code = f"import ctypes, os, resource\nos.chdir({str(tmp_path)!r})\n{limit}\nctypes.string_at(0)"
    pid = os.posix_spawn(sys.executable, [sys.executable, "-S", "-c", code], os.environ)
    _, status = os.waitpid(pid, 0)
    assert os.WTERMSIG(status) == 11
    if not os.WCOREDUMP(status):
        pytest.skip("this machine writes no core dumps")


def test_a_crash_costs_only_its_own_task(arena):
    report = arena.grade(CRASH, OTHER)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.CRASHED, 0)
    assert outcome(report, "set_first") is Outcome.PASSED
