"""A notebook changes limits, priority and cores of a submission that is being graded beside it, and of the grader."""

import os
import resource

from threat import Threat
from weapons import ECHO, REFUSED, answers, tools, unguarded, victim

CHANGES = """
import resource, struct
ONE_CORE = {min(os.sched_getaffinity(0))}
for number, pid in enumerate(TARGETS):
    attempt(f"limit {number}", resource.prlimit, pid, resource.RLIMIT_NOFILE, (64, 64))
    attempt(f"look at limit {number}", resource.prlimit, pid, resource.RLIMIT_NOFILE)
    attempt(f"cores {number}", os.sched_setaffinity, pid, ONE_CORE)
    attempt(f"scheduler {number}", os.sched_setscheduler, pid, os.SCHED_IDLE, os.sched_param(0))
    attempt(f"parameters {number}", os.sched_setparam, pid, os.sched_param(0))
    attempt(f"attributes {number}", raw, "sched_setattr", pid, struct.pack("IIQiIQQQ", 48, 5, 0, 0, 0, 0, 0, 0), 0)
    attempt(f"nice {number}", os.setpriority, os.PRIO_PROCESS, pid, 19)
    attempt(f"disk {number}", raw, "ioprio_set", 1, pid, 3 << 13)
    attempt(f"memory {number}", raw, "migrate_pages", pid, 64, struct.pack("Q", 1), struct.pack("Q", 1))
    attempt(f"first to be killed {number}", lambda: os.close(os.open(f"/proc/{pid}/oom_score_adj", os.O_WRONLY)))
"""
OF_ALL = 'attempt("nice of a user", os.setpriority, os.PRIO_USER, 0, 19)\n'

THREAT = Threat(
    61,
    "Limits, priority and cores of other processes changed",
    "The filter allows these calls for the own process alone; a uid of its own where the grader is root.",
    "same user: all of them work",
)


def state(pid):
    """What could be changed about a process, as the system tells it."""
    limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    return limits, os.sched_getaffinity(pid), os.sched_getscheduler(pid), os.getpriority(os.PRIO_PROCESS, pid)


def test_neighbor_fork_server_and_grader_keep_what_they_have(arena):
    with arena.zygote.spawn(entry=ECHO) as sibling:
        pids = (sibling.pid, os.getpid(), arena.zygote._process.pid)
        before = [state(pid) for pid in pids]
        loot = arena.loot(tools(), f"TARGETS = {pids}", CHANGES, OF_ALL)
        assert [state(pid) for pid in pids] == before
        assert answers(sibling)
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == 3 * 10 + 1, "not all was tried"


def test_without_a_sandbox_a_neighbor_loses_all_of_them():
    with victim() as pid:
        before = state(pid)
        loot = unguarded(tools(), f"TARGETS = ({pid},)", CHANGES)
        after = state(pid)
    assert set(loot.values()) == {"done"}, loot
    assert after[0] != before[0] and after[2:] != before[2:]
